//! Where things are kept: the XDG directories, or one directory named by flag or environment.
//!
//! What is read is private: directories are made for their owner alone (0700), files likewise
//! (0600).

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// Directories of one run. None is made before something is put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Library and scraps.
    pub data: PathBuf,
    /// The file of settings.
    pub config: PathBuf,
    /// What may be deleted at any time.
    pub cache: PathBuf,
    /// Logs.
    pub state: PathBuf,
}

impl Paths {
    /// The paths of this run: `data_dir` (`--data-dir`), else `GISA_DATA_DIR`, else XDG; `config`
    /// (`--config`), else `GISA_CONFIG`, else XDG. A named data directory holds cache and logs too,
    /// so that a trial leaves nothing elsewhere.
    ///
    /// # Errors
    /// `None` where nothing was named and the person has no home directory.
    pub fn find(data_dir: Option<&Path>, config: Option<&Path>) -> Option<Self> {
        let named = |flag: Option<&Path>, variable: &str| {
            flag.map(Path::to_path_buf).or_else(|| {
                std::env::var_os(variable)
                    .filter(|v| !v.is_empty())
                    .map(PathBuf::from)
            })
        };
        Self::of(
            named(data_dir, "GISA_DATA_DIR"),
            named(config, "GISA_CONFIG"),
            ProjectDirs::from("", "", "gisa").as_ref(),
        )
    }

    fn of(
        data: Option<PathBuf>,
        config: Option<PathBuf>,
        dirs: Option<&ProjectDirs>,
    ) -> Option<Self> {
        let config = config.or_else(|| dirs.map(|d| d.config_dir().join("config.toml")));
        if let Some(data) = data {
            let config = config.unwrap_or_else(|| data.join("config.toml"));
            return Some(Self {
                cache: data.join("cache"),
                state: data.join("state"),
                config,
                data,
            });
        }
        let dirs = dirs?;
        Some(Self {
            data: dirs.data_dir().to_path_buf(),
            config: config?,
            cache: dirs.cache_dir().to_path_buf(),
            state: dirs
                .state_dir()
                .unwrap_or_else(|| dirs.data_local_dir())
                .to_path_buf(),
        })
    }

    /// The library's file.
    pub fn library(&self) -> PathBuf {
        self.data.join("library.db")
    }

    /// The log's file.
    pub fn log(&self) -> PathBuf {
        self.state.join("gisa.log")
    }
}

/// Makes a directory and its parents, for their owner alone. One that is there already is left as
/// it is.
///
/// # Errors
/// As the system gives them.
pub fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens a file for writing, made for its owner alone where it is new.
///
/// # Errors
/// As the system gives them.
pub fn private_file(path: &Path, append: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(append).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_directory_holds_everything() {
        let paths = Paths::of(Some("/x/y".into()), None, None).unwrap();
        assert_eq!(paths.library(), Path::new("/x/y/library.db"));
        assert_eq!(paths.config, Path::new("/x/y/config.toml"));
        assert!(paths.log().starts_with("/x/y") && paths.cache.starts_with("/x/y"));
        assert_eq!(Paths::of(None, None, None), None);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_made_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("가/나");
        private_dir(&inner).unwrap();
        private_file(&inner.join("f"), false).unwrap();
        let mode = |p: &Path| p.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (
                mode(&inner),
                mode(inner.parent().unwrap()),
                mode(&inner.join("f"))
            ),
            (0o700, 0o700, 0o600)
        );
    }
}
