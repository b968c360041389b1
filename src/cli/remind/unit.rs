//! What makes a system run `tickler remind` and `tickler send` every morning.

use std::io::Write as _;
use std::path::Path;

use clap::ValueEnum;

use super::super::app::App;

/// A system that runs programs at set times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Unit {
    /// A service and a timer of the user, on most Linux systems
    Systemd,
    /// One line for `crontab -e`
    Cron,
    /// A job of the user, on macOS
    Launchd,
}

/// The program and its options, which say all that its surroundings would otherwise say.
struct Calls {
    words: Vec<String>,
}

impl Calls {
    fn of(app: &App) -> anyhow::Result<Self> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let program = std::env::current_exe()?;
        let mut words = vec![text(&program), "--store".to_owned(), text(&std::path::absolute(app.store_dir()?)?)];
        // The settings of a folder are not those of every morning.
        for file in app.settings_files.iter().filter(|file| !file.working_folder) {
            words.extend(["--config".to_owned(), text(&std::path::absolute(&file.path)?)]);
        }
        // Somebody may be reading contracts.
        words.push("--wait=3600".to_owned());
        Ok(Self { words })
    }

    /// One call, each word put into `quote`.
    fn call(&self, command: &str, quote: impl Fn(&str) -> String) -> String {
        let words = self.words.iter().map(String::as_str).chain([command]);
        words.map(quote).collect::<Vec<_>>().join(" ")
    }
}

impl Unit {
    /// Prints it.
    pub(super) fn print(self, app: &mut App) -> anyhow::Result<()> {
        let calls = Calls::of(app)?;
        let text = match self {
            Self::Systemd => systemd(&calls),
            Self::Cron => cron(&calls),
            Self::Launchd => launchd(&calls),
        };
        write!(app.out, "{text}")?;
        Ok(())
    }
}

/// Two files in one text. That somebody has no address must not keep the others from being told: hence the `-`.
fn systemd(calls: &Calls) -> String {
    let (remind, send) = (calls.call("remind", systemd_word), calls.call("send", systemd_word));
    format!(
        "# Save as ~/.config/systemd/user/tickler.service\n\
         [Unit]\n\
         Description=Contract reminders\n\n\
         [Service]\n\
         Type=oneshot\n\
         ExecStart=-{remind}\n\
         ExecStart={send}\n\n\
         # Save as ~/.config/systemd/user/tickler.timer, then run `systemctl --user enable --now tickler.timer`\n\
         [Unit]\n\
         Description=Contract reminders, every morning\n\n\
         [Timer]\n\
         OnCalendar=*-*-* 07:00\n\
         # After a day on which the computer was off, at once.\n\
         Persistent=true\n\n\
         [Install]\n\
         WantedBy=timers.target\n"
    )
}

/// A word of `ExecStart`, in which `%` and `$` have meanings.
fn systemd_word(word: &str) -> String {
    let word = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{word}\"")
}

fn cron(calls: &Calls) -> String {
    // A percent sign would end the line.
    let word = |word: &str| shell_word(word).replace('%', "\\%");
    let (remind, send) = (calls.call("remind", word), calls.call("send", word));
    format!("# Add this line with `crontab -e`\n0 7 * * * {remind} >/dev/null; {send} >/dev/null\n")
}

fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-=+,:@".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

fn launchd(calls: &Calls) -> String {
    let script = format!("{}; {}", calls.call("remind", shell_word), calls.call("send", shell_word));
    let script = script.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <!-- Save as ~/Library/LaunchAgents/tickler.plist, then run: launchctl load ~/Library/LaunchAgents/tickler.plist -->\n\
         <plist version=\"1.0\">\n<dict>\n\
         \t<key>Label</key><string>tickler</string>\n\
         \t<key>ProgramArguments</key>\n\
         \t<array><string>/bin/sh</string><string>-c</string><string>{script}</string></array>\n\
         \t<key>StartCalendarInterval</key>\n\
         \t<dict><key>Hour</key><integer>7</integer><key>Minute</key><integer>0</integer></dict>\n\
         </dict>\n</plist>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls() -> Calls {
        Calls { words: ["/opt/tick ler", "--store", "/srv/a&b/50%"].map(str::to_owned).to_vec() }
    }

    #[test]
    fn words_survive_the_system_that_reads_them() {
        let unit = systemd(&calls());
        assert!(unit.contains("ExecStart=-\"/opt/tick ler\" \"--store\" \"/srv/a&b/50%%\" \"remind\"\n"), "{unit}");
        let line = cron(&calls());
        assert!(line.contains("0 7 * * * '/opt/tick ler' --store '/srv/a&b/50\\%' remind >/dev/null; "), "{line}");
        let job = launchd(&calls());
        assert!(job.contains("'/opt/tick ler' --store '/srv/a&amp;b/50%' remind; "), "{job}");
    }
}
