//! A PostgreSQL server of its own for a test, on a socket in a temporary folder.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

pub(crate) struct Postgres {
    dir: TempDir,
    server: Child,
}

/// The server refuses to run as root, who then starts it as this user, which the package makes.
const USER: &str = "postgres";

impl Postgres {
    pub(crate) fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        if let Some((user, group)) = other_user() {
            chown(dir.path(), Some(user), Some(group)).unwrap();
        }
        let made = program("initdb")
            .args(["-A", "trust", "-U", "tickler", "-E", "UTF8", "--no-locale", "-N", "-D"])
            .arg(&data)
            .output();
        let made = made.unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut server = program("postgres");
        server.arg("-D").arg(&data).arg("-k").arg(dir.path()).args(["-c", "listen_addresses=", "-c", "fsync=off"]);
        let server = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let postgres = Self { dir, server };
        while !postgres.psql(&["-c", "SELECT 1"]).output().unwrap().status.success() {
            std::thread::sleep(Duration::from_millis(50));
        }
        postgres
    }

    /// `psql` without the settings of the user.
    pub(crate) fn psql(&self, args: &[&str]) -> Command {
        let mut command = Command::new("psql");
        command.args(["-X", "-q", "-A", "-t", "-U", "tickler", "-d", "postgres", "-h"]).arg(self.dir.path()).args(args);
        command
    }

    /// A command that finds this server by its environment, as users have theirs.
    pub(crate) fn of<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("PGHOST", self.dir.path()).env("PGUSER", "tickler")
    }

    /// What a query answers: one line a row, with bars between the columns.
    pub(crate) fn ask(&self, sql: &str) -> String {
        let output = self.psql(&["-v", "ON_ERROR_STOP=1", "-c", sql]).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Runs a script.
    pub(crate) fn load(&self, script: &std::path::Path) -> Output {
        self.psql(&["-f"]).arg(script).output().unwrap()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.server.id()).ok().and_then(rustix::process::Pid::from_raw) {
            // It ends its own processes as well.
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::QUIT);
        }
        let _ = self.server.wait();
    }
}

/// A program of the server, which Debian does not put into the path.
fn program(name: &str) -> Command {
    let mut found: Vec<PathBuf> =
        glob::glob(&format!("/usr/lib/postgresql/*/bin/{name}")).unwrap().map(Result::unwrap).collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path).map(|dir| dir.join(name)).filter(|path| path.is_file()));
    let mut command = Command::new(found.first().expect("PostgreSQL is missing: apt-get install postgresql"));
    if let Some((user, group)) = other_user() {
        command.uid(user).gid(group);
    }
    command.current_dir("/");
    command
}

/// For root, the user and group of the server.
fn other_user() -> Option<(u32, u32)> {
    let id = |args: &[&str]| -> u32 {
        let output = Command::new("id").args(args).output().unwrap();
        String::from_utf8(output.stdout)
            .unwrap()
            .trim()
            .parse()
            .expect("a user for the server: apt-get install postgresql")
    };
    (id(&["-u"]) == 0).then(|| (id(&["-u", USER]), id(&["-g", USER])))
}
