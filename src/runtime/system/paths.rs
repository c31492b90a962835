//! Where files are: the XDG directories, or one directory named by a flag or the environment.
//!
//! What someone reads is private, so directories and files are created for their owner alone (modes
//! 0700 and 0600).

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The directories of this run. None is created before something is written to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The directory of the library and the scraps.
    pub data: PathBuf,
    /// The settings file.
    pub config: PathBuf,
    /// The cache directory, which may be deleted at any time.
    pub cache: PathBuf,
    /// The directory of the logs.
    pub state: PathBuf,
}

impl Paths {
    /// The paths of this run: `data_dir` (`--data-dir`), else `GISA_DATA_DIR`, else XDG; `config`
    /// (`--config`), else `GISA_CONFIG`, else XDG. A named data directory also holds cache and
    /// logs, so that trying the program out leaves nothing elsewhere.
    ///
    /// Returns `None` where nothing was named and there is no home directory.
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

    /// The path of the library's file.
    pub fn library(&self) -> PathBuf {
        self.data.join("library.db")
    }

    /// The path of the log file.
    pub fn log(&self) -> PathBuf {
        self.state.join("gisa.log")
    }
}

/// Creates a directory and its parents for their owner alone. Existing directories are not changed.
///
/// # Errors
/// The directory can't be created; `NotADirectory` where a file lies there, or on the way there.
pub fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
        _ => error,
    })
}

/// Opens a file for writing; a new one is created for its owner alone.
///
/// # Errors
/// The file can't be created or opened.
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

    #[test]
    fn a_file_in_the_place_of_a_folder_is_called_that() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "x").unwrap();
        for place in [file.clone(), file.join("inner"), file.join("inner/most")] {
            let error = private_dir(&place).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::NotADirectory, "{error}");
        }
        private_dir(dir.path()).unwrap();
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
