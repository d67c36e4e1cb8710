//! System packages: which are needed for what, which are missing, and how they are installed.

use std::collections::HashSet;
use std::path::Path;

use crate::node;
use crate::program::{Program, Result, TaskError, find_on_path, is_on_path};
use crate::say;

/// What a task wants to do with the packages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Build and start the window.
    Build,
    /// Build, and run every test: a display, a keyring, a browser and a driver of the window.
    Test,
}

/// A family of Linux distributions, by its package manager.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// Debian, Ubuntu and what is made of them: apt.
    Debian,
    /// Fedora and what is made of it: dnf.
    Fedora,
    /// Arch and what is made of it: pacman.
    Arch,
}

impl Family {
    /// The family named by the text of `/etc/os-release`, nearest first.
    fn of_release(text: &str) -> Option<Self> {
        let value = |key: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
                .map(|value| value.trim_matches(['"', '\'']).to_owned())
                .unwrap_or_default()
        };
        let names = format!("{} {}", value("ID"), value("ID_LIKE"));
        names.split_whitespace().find_map(|name| match name {
            "debian" | "ubuntu" => Some(Self::Debian),
            "fedora" | "rhel" => Some(Self::Fedora),
            "arch" => Some(Self::Arch),
            _ => None,
        })
    }

    /// The packages for `purpose`, by the names of this family.
    fn packages(self, purpose: Purpose) -> Vec<&'static str> {
        let (build, test): (&[&str], &[&str]) = match self {
            Self::Debian => (
                &[
                    "build-essential",
                    "librsvg2-dev",
                    "libwebkit2gtk-4.1-dev",
                    "pkg-config",
                ],
                &[
                    "dbus",
                    "dbus-x11",
                    "gnome-keyring",
                    "libsecret-tools",
                    "webkit2gtk-driver",
                    "xauth",
                    "xvfb",
                ],
            ),
            Self::Fedora => (
                &[
                    "gcc",
                    "gcc-c++",
                    "librsvg2-devel",
                    "make",
                    "pkgconf-pkg-config",
                    "webkit2gtk4.1-devel",
                ],
                &[
                    "/usr/bin/WebKitWebDriver",
                    "/usr/bin/dbus-run-session",
                    "/usr/bin/secret-tool",
                    "/usr/bin/xauth",
                    "/usr/bin/xvfb-run",
                    "gnome-keyring",
                ],
            ),
            Self::Arch => (
                &["base-devel", "librsvg", "webkit2gtk-4.1"],
                &[
                    "dbus",
                    "gnome-keyring",
                    "libsecret",
                    "xorg-server-xvfb",
                    "xorg-xauth",
                ],
            ),
        };
        match purpose {
            Purpose::Build => build.to_vec(),
            Purpose::Test => [build, test].concat(),
        }
    }

    /// Which of `wanted` are not installed.
    fn missing(self, wanted: &[&'static str]) -> Result<Vec<&'static str>> {
        let here = Path::new("/");
        match self {
            Self::Debian => {
                let query = Program::new("dpkg-query", here)
                    .args(["-W", "-f", "${Package}\t${db:Status-Status}\n"])
                    .args(wanted);
                Ok(not_listed_by_dpkg(wanted, &query.output()?.1))
            }
            Self::Fedora => Ok(wanted
                .iter()
                .copied()
                .filter(|name| {
                    !Program::new("rpm", here)
                        .args(["-q", "--whatprovides", name])
                        .succeeds()
                })
                .collect()),
            Self::Arch => Ok(wanted
                .iter()
                .copied()
                .filter(|name| !Program::new("pacman", here).args(["-Q", name]).succeeds())
                .collect()),
        }
    }

    /// The command lines that install `names`, without `sudo`.
    fn install_commands(self, names: &[&str]) -> Vec<Vec<String>> {
        let words = |start: &[&str]| -> Vec<String> {
            start.iter().chain(names).map(ToString::to_string).collect()
        };
        match self {
            Self::Debian => vec![
                vec!["apt-get".into(), "update".into()],
                words(&["apt-get", "install", "--yes", "--no-install-recommends"]),
            ],
            Self::Fedora => vec![words(&["dnf", "install", "--assumeyes"])],
            Self::Arch => vec![words(&["pacman", "-S", "--needed", "--noconfirm"])],
        }
    }

    /// The browser for the browser tests.
    fn browser(self) -> &'static str {
        "chromium"
    }

    /// The Node this system would install, as `major.minor`.
    fn offered_node(self) -> Option<(u32, u32)> {
        let here = Path::new("/");
        let (program, key) = match self {
            Self::Debian => (
                Program::new("apt-cache", here).args(["policy", "nodejs"]),
                "Candidate:",
            ),
            Self::Fedora => (
                Program::new("dnf", here).args(["info", "nodejs"]),
                "Version",
            ),
            Self::Arch => (
                Program::new("pacman", here).args(["-Si", "nodejs"]),
                "Version",
            ),
        };
        offered_version(&program.env("LC_ALL", "C").answer().ok()?, key)
    }
}

/// Installs what is missing for `purpose`, and says what. Does nothing, quickly, if all is there.
pub fn install_missing(purpose: Purpose) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return check_tools_elsewhere();
    }
    let Some(family) = this_family() else {
        let wanted = Family::Debian.packages(purpose).join(" ");
        say::line(&format!(
            "This Linux is neither Debian, Fedora nor Arch, so nothing is installed here. \
             If the build fails, install what these are called on Debian: {wanted}"
        ));
        return Ok(());
    };
    let mut missing = family.missing(&family.packages(purpose))?;
    if purpose == Purpose::Test && browser().is_none() {
        missing.push(family.browser());
    }
    install(family, &missing)
}

/// The Chromium for the browser tests, if there is one.
pub fn browser() -> Option<std::path::PathBuf> {
    [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ]
    .iter()
    .find_map(|name| find_on_path(name))
}

/// Installs Node and npm from the system's packages, if they are new enough there; false if not.
pub fn install_node() -> Result<bool> {
    let Some(family) = this_family() else {
        return Ok(false);
    };
    if family == Family::Debian && family.offered_node().is_none() {
        // On a fresh system there are no lists yet that could offer anything.
        as_root(&["apt-get", "update"])?;
    }
    if !family.offered_node().is_some_and(node::is_new_enough) {
        return Ok(false);
    }
    install(family, &["nodejs"])?;
    // Some packages of Node bring npm, and refuse another one beside it.
    if !is_on_path("npm") {
        install(family, &["npm"])?;
    }
    Ok(true)
}

fn install(family: Family, missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        say::line("All system packages are here.");
        return Ok(());
    }
    say::line(&format!(
        "These system packages are missing and will be installed: {}",
        missing.join(" ")
    ));
    for words in family.install_commands(missing) {
        as_root(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Runs a command line as root, through `sudo` where that is needed.
fn as_root(words: &[&str]) -> Result<()> {
    let here = Path::new("/");
    let program = match words.split_first() {
        Some((name, arguments)) if is_root() => Program::new(name, here).args(arguments),
        _ if is_on_path("sudo") => Program::new("sudo", here).args(words),
        _ => {
            return Err(TaskError::Missing(format!(
                "There is no sudo here. As root, run: {}",
                words.join(" ")
            )));
        }
    };
    program.env("DEBIAN_FRONTEND", "noninteractive").run()
}

/// macOS and Windows: says what is missing, installs nothing.
fn check_tools_elsewhere() -> Result<()> {
    let missing: &[&str] = if cfg!(target_os = "macos") {
        if Program::new("xcode-select", Path::new("/"))
            .args(["-p"])
            .succeeds()
        {
            &[]
        } else {
            &["the Xcode command line tools: run `xcode-select --install`"]
        }
    } else if cfg!(windows) && !has_webview2() {
        &["the WebView2 runtime: https://developer.microsoft.com/microsoft-edge/webview2"]
    } else {
        &[]
    };
    if missing.is_empty() {
        say::line("Nothing is installed by this task on this system; what it needs is here.");
        Ok(())
    } else {
        Err(TaskError::Missing(format!(
            "Muster needs {}",
            missing.join(" and ")
        )))
    }
}

/// Windows keeps the runtime's version in the registry, for the machine or for the person.
fn has_webview2() -> bool {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [
        r"HKLM\SOFTWARE\WOW6432Node",
        r"HKLM\SOFTWARE",
        r"HKCU\Software",
    ]
    .iter()
    .any(|hive| {
        Program::new("reg", Path::new("."))
            .args(["query", &format!(r"{hive}\{CLIENT}"), "/v", "pv"])
            .succeeds()
    })
}

fn this_family() -> Option<Family> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    Family::of_release(&release)
}

fn is_root() -> bool {
    Program::new("id", Path::new("/"))
        .args(["-u"])
        .answer()
        .is_ok_and(|answer| answer.trim() == "0")
}

fn not_listed_by_dpkg(wanted: &[&'static str], listing: &str) -> Vec<&'static str> {
    let installed: HashSet<&str> = listing
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(_, status)| *status == "installed")
        .map(|(name, _)| name)
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|name| !installed.contains(name))
        .collect()
}

/// The version after `key` at the start of a line, without epoch: `Version : 1:22.4.0-1` is 22.4.
fn offered_version(listing: &str, key: &str) -> Option<(u32, u32)> {
    let line = listing
        .lines()
        .find_map(|line| line.trim_start().strip_prefix(key))?;
    let version = line.trim_start_matches([' ', ':']);
    let version = version
        .split_once(':')
        .map_or(version, |(_epoch, version)| version);
    node::version(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_known_by_itself_or_by_what_it_is_made_of() {
        let family = Family::of_release;
        assert_eq!(family("NAME=x\nID=debian\n"), Some(Family::Debian));
        assert_eq!(
            family("ID=pop\nID_LIKE=\"ubuntu debian\"\n"),
            Some(Family::Debian)
        );
        assert_eq!(
            family("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            Some(Family::Fedora)
        );
        assert_eq!(family("ID=manjaro\nID_LIKE=arch\n"), Some(Family::Arch));
        assert_eq!(family("ID=nixos\n"), None);
        assert_eq!(family(""), None);
    }

    #[test]
    fn tests_need_all_that_a_build_needs_and_more() {
        for family in [Family::Debian, Family::Fedora, Family::Arch] {
            let build = family.packages(Purpose::Build);
            let test = family.packages(Purpose::Test);
            assert!(build.iter().all(|name| test.contains(name)), "{family:?}");
            assert!(test.len() > build.len(), "{family:?}");
        }
    }

    #[test]
    fn a_removed_package_whose_settings_remain_is_missing() {
        let listing = "xvfb\tinstalled\nxauth\tconfig-files\n";
        assert_eq!(
            not_listed_by_dpkg(&["xauth", "xvfb", "dbus"], listing),
            ["xauth", "dbus"]
        );
    }

    #[test]
    fn apt_asks_for_its_lists_only_before_an_installation_and_never_asks_the_person() {
        let commands = Family::Debian.install_commands(&["xvfb"]);
        assert_eq!(commands[0], ["apt-get", "update"]);
        assert!(commands[1].contains(&"--yes".to_owned()));
        assert_eq!(commands[1].last().map(String::as_str), Some("xvfb"));
    }

    #[test]
    fn the_offered_version_is_read_from_each_manager() {
        let apt = "nodejs:\n  Installed: (none)\n  Candidate: 18.20.4+dfsg-1~deb12u1\n";
        assert_eq!(offered_version(apt, "Candidate:"), Some((18, 20)));
        let dnf = "Name         : nodejs\nEpoch        : 1\nVersion      : 22.11.0\n";
        assert_eq!(offered_version(dnf, "Version"), Some((22, 11)));
        let pacman = "Name            : nodejs\nVersion         : 1:25.2.1-1\n";
        assert_eq!(offered_version(pacman, "Version"), Some((25, 2)));
        assert_eq!(
            offered_version("N: Unable to locate package nodejs\n", "Candidate:"),
            None
        );
    }
}
