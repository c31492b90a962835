//! The folder of texts outside the repository: public test suites and pages of real publishers,
//! which are not ours to hand on. A clone does not have it. Benches read this file too.

use std::path::{Path, PathBuf};

/// The environment variable that names the folder.
pub(crate) const VARIABLE: &str = "GISA_OUTSIDE";

/// The folder: what [`VARIABLE`] names, else `shared` beside the repository. Whether it is there is
/// for the caller to find out.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os(VARIABLE).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    )
}
