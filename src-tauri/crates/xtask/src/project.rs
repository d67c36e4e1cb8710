//! Where things lie in this repository.

use std::path::{Path, PathBuf};

/// The repository, by its top folder.
#[derive(Clone)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The repository this program was built from.
    pub fn here() -> Self {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .ancestors()
            .nth(3)
            .unwrap_or(Path::new("."))
            .to_owned();
        Self { root }
    }

    /// The top folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The window's own package.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The browser tests: an npm package of their own.
    pub fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// Where cargo builds.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }

    /// What these tasks keep for the next run.
    pub fn notes(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// A binary of the development build.
    pub fn built(&self, name: &str) -> PathBuf {
        self.target()
            .join("debug")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A binary of the release build.
    pub fn released(&self, name: &str) -> PathBuf {
        self.target()
            .join("release")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_folder_is_the_one_with_the_window_configuration() {
        assert!(Project::here().root().join("tauri.conf.json").is_file());
    }
}
