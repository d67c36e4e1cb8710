//! A desktop session without a desktop: its own home, D-Bus, keyring and X server.

use std::{
    io::{BufRead, BufReader, Write},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use crate::window::Window;

/// What the session's shell does: unlocks a keyring, then passes on what it is told to run.
/// `gnome-keyring-daemon` prints the variables of the keyring that it unlocked.
const SCRIPT: &str = r#"
eval "$(printf %s test | gnome-keyring-daemon --unlock --components=secrets)"
export GNOME_KEYRING_CONTROL
echo "bus $DBUS_SESSION_BUS_ADDRESS"
echo "display $DISPLAY"
echo "cookie $XAUTHORITY"
exec cat
"#;

/// A desktop session; everything in it ends with it.
pub struct Session {
    folder: TempDir,
    shell: Child,
    bus: String,
    display: String,
    cookie: String,
}

impl Session {
    /// Starts a session with an empty home and an unlocked, empty keyring.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("run");
        std::fs::create_dir(&run).unwrap();
        std::fs::set_permissions(&run, PermissionsExt::from_mode(0o700)).unwrap();
        let mut command = Command::new("dbus-run-session");
        command
            .args([
                "--",
                "xvfb-run",
                "-a",
                "-s",
                "-screen 0 1280x820x24 -nolisten tcp",
            ])
            .args(["sh", "-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0);
        environment(&mut command, folder.path());
        let mut shell = command
            .spawn()
            .expect("dbus-run-session and xvfb-run are installed");
        let mut lines = BufReader::new(shell.stdout.take().unwrap()).lines();
        let mut line = |name: &str| {
            let line = lines.next().expect("the session starts").unwrap();
            line.strip_prefix(name).expect(name).trim().to_owned()
        };
        let (bus, display, cookie) = (line("bus"), line("display"), line("cookie"));
        Self {
            folder,
            shell,
            bus,
            display,
            cookie,
        }
    }

    /// The home of the session.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command that runs in the session.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        environment(&mut command, self.folder());
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("DISPLAY", &self.display)
            .env("XAUTHORITY", &self.cookie);
        command
    }

    /// The app's window, driven from outside.
    pub async fn window(&self) -> Window {
        Window::open(self, &[]).await
    }

    /// The same, started with arguments.
    pub async fn window_with(&self, arguments: &[&str]) -> Window {
        Window::open(self, arguments).await
    }

    /// Every secret that the keyring holds for the app.
    pub fn secrets(&self) -> Vec<String> {
        let output = self
            .command("secret-tool")
            .args(["search", "--all", "--unlock", "service", "Muster"])
            .output()
            .expect("secret-tool is installed");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .filter_map(|line| line.strip_prefix("secret = "))
            .map(str::to_owned)
            .collect()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The shell ends with its input, and everything else with the shell.
        drop(self.shell.stdin.take().map(|mut input| input.flush()));
        self.shell.wait().unwrap();
    }
}

fn environment(command: &mut Command, home: &Path) {
    command
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("GDK_BACKEND", "x11")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("NO_AT_BRIDGE", "1")
        .env("GTK_USE_PORTAL", "0")
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("LANG", "en_GB.UTF-8")
        .env_remove("WAYLAND_DISPLAY");
}
