//! The real Secret Service, in a private session: its own bus, home and keyring.
//!
//! Each test runs this program again inside such a session, for the one test of [`inside`] that it
//! names. Without the tools for a session the tests fail and say what is missing.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

/// Tells the program that it runs inside a private session.
const INSIDE: &str = "MUSTER_TEST_PRIVATE_SESSION";

/// A bus that can start nothing.
const EMPTY_BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Starts an unlocked keyring, then what follows.
const UNLOCKED: &str = r#"
command -v gnome-keyring-daemon >/dev/null || { echo "gnome-keyring-daemon is not installed" >&2; exit 97; }
printf %s password | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 96
exec "$@"
"#;

/// Runs a test of [`inside`] on a bus of its own; `before` is a shell script that ends in
/// `exec "$@"`.
fn run(test: &str, bus: Option<&str>, before: &str) {
    let home = tempfile::tempdir().unwrap();
    let runtime = home.path().join("run");
    fs::create_dir(&runtime).unwrap();
    fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
    let mut session = Command::new("dbus-run-session");
    if let Some(bus) = bus {
        let file = home.path().join("bus.conf");
        fs::write(&file, bus).unwrap();
        session.arg("--config-file").arg(file);
    }
    session.args(["--", "sh", "-c", before, "sh"]);
    finish(test, &mut session, home.path());
}

fn finish(test: &str, session: &mut Command, home: &Path) {
    let output = session
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            &format!("inside::{test}"),
            "--ignored",
            "--nocapture",
        ])
        .env(INSIDE, "1")
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("a session needs dbus-run-session, of the package dbus-daemon or dbus");
    let Output {
        status,
        stdout,
        stderr,
    } = output;
    let (stdout, stderr) = (
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr),
    );
    assert!(
        status.success() && stdout.contains("1 passed"),
        "inside the session: {status}\n{stdout}\n{stderr}"
    );
}

#[test]
fn a_secret_is_written_read_back_replaced_and_deleted() {
    run("written_read_deleted", None, UNLOCKED);
}

#[test]
fn a_locked_keyring_is_told_from_a_missing_secret_and_asks_nobody() {
    run("locked", None, UNLOCKED);
}

#[test]
fn a_keyring_without_a_collection_is_absent() {
    run("absent", None, r#"exec "$@""#);
}

#[test]
fn a_bus_without_a_keyring_is_absent() {
    run("absent", Some(EMPTY_BUS), r#"exec "$@""#);
}

#[test]
fn no_bus_is_absent() {
    run(
        "absent",
        None,
        r#"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus; export DBUS_SESSION_BUS_ADDRESS; exec "$@""#,
    );
}

/// What runs inside a private session.
mod inside {
    use std::collections::HashMap;

    use muster_vault::{ExposeSecret, KeyringVault, LONGEST_UTF16_BYTES, SecretString, Vault};
    use secret_service::{EncryptionType, blocking::SecretService};

    /// Never touches the keyring of the person who runs the tests.
    fn vault() -> KeyringVault {
        assert!(
            std::env::var_os(super::INSIDE).is_some(),
            "runs only inside a private session, which the tests above start"
        );
        KeyringVault::named("Muster test")
    }

    #[test]
    #[ignore = "started by another test inside a private session"]
    fn written_read_deleted() {
        let vault = vault();
        vault.check().unwrap();
        vault.unlock().expect("there is nothing to unlock");
        assert!(vault.read("one").unwrap_err().is_missing());
        vault
            .delete("one")
            .expect("nothing to forget is no mistake");

        let secret: SecretString = "p\u{e4}ss \u{1f511} \" ' \n".into();
        vault.write("one", &secret).unwrap();
        vault.write("two", &"other".into()).unwrap();
        let read = vault.read("one").unwrap();
        assert_eq!(read.expose_secret(), secret.expose_secret());
        vault.write("one", &"replaced".into()).unwrap();
        assert_eq!(vault.read("one").unwrap().expose_secret(), "replaced");
        assert_eq!(vault.read("two").unwrap().expose_secret(), "other");

        let longest: SecretString = "x".repeat(LONGEST_UTF16_BYTES / 2).into();
        vault.write("long", &longest).unwrap();
        let longer: SecretString = "x".repeat(LONGEST_UTF16_BYTES / 2 + 1).into();
        assert!(vault.write("long", &longer).unwrap_err().is_too_long());

        vault.delete("one").unwrap();
        assert!(vault.read("one").unwrap_err().is_missing());
        assert_eq!(vault.read("two").unwrap().expose_secret(), "other");
        assert!(
            KeyringVault::named("another service")
                .read("two")
                .unwrap_err()
                .is_missing(),
            "one service does not see the secrets of another"
        );
    }

    #[test]
    #[ignore = "started by another test inside a private session"]
    fn locked() {
        let vault = vault();
        vault.write("one", &"secret".into()).unwrap();
        SecretService::connect(EncryptionType::Plain)
            .unwrap()
            .get_default_collection()
            .unwrap()
            .lock()
            .unwrap();
        assert!(vault.check().unwrap_err().is_locked());
        assert!(vault.read("one").unwrap_err().is_locked());
        assert!(
            vault.read("never written").unwrap_err().is_locked(),
            "a locked keyring cannot tell that a secret is missing"
        );
        assert!(vault.write("one", &"other".into()).unwrap_err().is_locked());
        assert!(vault.write("new", &"other".into()).unwrap_err().is_locked());
        assert!(vault.delete("one").unwrap_err().is_locked());
        vault
            .unlock()
            .expect_err("nobody can be asked where there is no desktop");
        assert!(vault.check().unwrap_err().is_locked());
    }

    #[test]
    #[ignore = "started by another test inside a private session"]
    fn absent() {
        let vault = vault();
        let found: HashMap<_, _> = HashMap::from([
            ("check", vault.check()),
            ("read", vault.read("one").map(drop)),
            ("write", vault.write("one", &"secret".into())),
            ("delete", vault.delete("one")),
        ]);
        for (act, result) in found {
            let error = result.expect_err("there is no keyring");
            assert!(error.is_absent(), "{act}: {error:?}");
        }
    }
}
