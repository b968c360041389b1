//! Nothing leaves the machine: the program gives up its right to use the network before it reads a file.
//!
//! No part of the program needs a connection. The restriction also holds for its libraries and for the programs that it
//! starts.

use std::io::ErrorKind;
use std::net::{TcpListener, UdpSocket};

/// Makes the operating system refuse sockets to this thread and to the threads and programs that it starts, and refuse
/// them to connect, listen or send to an address with a socket that they were given. It cannot be undone; call it before
/// other threads exist. Pairs of sockets that are connected to each other from the beginning, which workers need, stay
/// possible.
///
/// Linux only; elsewhere, and where the kernel has no seccomp, nothing happens ([`is_sealed`] tells).
pub fn seal() {
    calls::filter();
}

/// The same for a program that answers on a socket which listens already: it may let others in there, and nowhere else.
pub fn seal_but(listener: &TcpListener) {
    calls::filter_but(listener);
}

/// Whether the operating system refuses a network socket to this thread: it asks for one, bound to this machine alone.
#[must_use]
pub fn is_sealed() -> bool {
    UdpSocket::bind("127.0.0.1:0").is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
mod calls {
    use std::collections::BTreeMap;
    use std::net::TcpListener;
    use std::os::fd::AsRawFd as _;

    use seccompiler::{
        BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule, apply_filter,
    };

    pub(super) fn filter() {
        // If this fails, the program works as on systems without seccomp.
        let _ = program(None).map(|program| apply_filter(&program));
    }

    pub(super) fn filter_but(listener: &TcpListener) {
        let _ = program(Some(listener.as_raw_fd())).map(|program| apply_filter(&program));
    }

    /// Calls that make a socket, or bring one that was inherited into touch with another. `io_uring` does so unseen, and
    /// `pidfd_getfd` takes a socket from another process. `sendmsg` can name an address where no filter sees it.
    const REFUSED: [libc::c_long; 10] = [
        libc::SYS_socket,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_sendmsg,
        libc::SYS_sendmmsg,
        libc::SYS_io_uring_setup,
        libc::SYS_pidfd_getfd,
    ];

    /// The filter; `listener` is the one socket that may let others in.
    fn program(listener: Option<i32>) -> Result<BpfProgram, BackendError> {
        let mut rules: BTreeMap<_, _> = REFUSED.iter().map(|call| (*call, Vec::new())).collect();
        // Writing to a connected socket is `sendto` without an address.
        let addressed = SeccompCondition::new(4, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?;
        let fast_open = u64::from(libc::MSG_FASTOPEN.unsigned_abs());
        let opens = SeccompCondition::new(3, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(fast_open), fast_open)?;
        rules.insert(libc::SYS_sendto, vec![SeccompRule::new(vec![addressed])?, SeccompRule::new(vec![opens])?]);
        if let Some(listener) = listener {
            let listener = u64::from(listener.unsigned_abs());
            let another = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, listener)?;
            rules.insert(libc::SYS_accept4, vec![SeccompRule::new(vec![another])?]);
        }
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        SeccompFilter::new(rules, SeccompAction::Allow, refused, std::env::consts::ARCH.try_into()?)?.try_into()
    }
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
mod calls {
    pub(super) fn filter() {}

    pub(super) fn filter_but(_: &std::net::TcpListener) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::os::fd::{AsFd as _, OwnedFd};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::process::{Command, Stdio};
    use std::thread;

    use super::*;

    /// Sockets that were there before, as a program may inherit them, reach nobody either.
    #[test]
    fn sockets_from_before_stay_where_they_are() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let there = listener.local_addr().unwrap();
        let (udp, other) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
        let beside = other.local_addr().unwrap();
        udp.send_to(b"before", beside).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("socket");
        let local = UnixListener::bind(&path).unwrap();
        thread::spawn(move || {
            seal();
            let refused = |result: std::io::Result<()>| result.unwrap_err().kind() == ErrorKind::PermissionDenied;
            assert!(refused(udp.connect(there)), "an old socket connects elsewhere");
            assert!(refused(udp.send_to(b"after", beside).map(drop)), "or sends elsewhere");
            assert!(refused(listener.accept().map(drop)), "or lets somebody in");
            assert!(refused(UnixStream::connect(&path).map(drop)), "programs of this machine");
            assert!(refused(UnixListener::bind(dir.path().join("new")).map(drop)));
            drop(local);
            // What workers need.
            let (mut ours, mut theirs) = UnixStream::pair().unwrap();
            ours.write_all(b"task").unwrap();
            let mut task = [0; 4];
            theirs.read_exact(&mut task).unwrap();
            assert_eq!(&task, b"task");
        })
        .join()
        .unwrap();
    }

    /// The page answers on its own socket, and can do nothing else with it.
    #[test]
    fn a_sealed_listener_lets_others_in_and_reaches_nobody() {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        let there = elsewhere.local_addr().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap();
        let another = TcpListener::bind("127.0.0.1:0").unwrap();
        let visitor = thread::spawn(move || {
            let mut visitor = TcpStream::connect(here).unwrap();
            visitor.write_all(b"who?").unwrap();
            let mut answer = String::new();
            visitor.read_to_string(&mut answer).unwrap();
            answer
        });
        thread::spawn(move || {
            seal_but(&listener);
            let (mut connection, _) = listener.accept().unwrap();
            let mut question = [0; 4];
            connection.read_exact(&mut question).unwrap();
            connection.write_all(b"tickler").unwrap();
            let refused = |error: std::io::Error| assert_eq!(error.kind(), ErrorKind::PermissionDenied);
            // The listening socket itself, told to connect elsewhere.
            refused(UdpSocket::from(OwnedFd::from(listener)).connect(there).unwrap_err());
            refused(UdpSocket::from(OwnedFd::from(connection)).connect(there).unwrap_err());
            refused(another.accept().map(drop).unwrap_err());
            refused(TcpStream::connect(there).map(drop).unwrap_err());
            refused(TcpListener::bind("127.0.0.1:0").map(drop).unwrap_err());
            assert!(UnixStream::pair().is_ok(), "workers can be started");
        })
        .join()
        .unwrap();
        assert_eq!(visitor.join().unwrap(), "tickler");
    }

    /// A program that inherits a socket as its standard input and tells it to connect.
    #[test]
    fn an_inherited_socket_cannot_connect() {
        let there = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = there.local_addr().unwrap();
        let connects = |sealed: bool| {
            let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
            thread::spawn(move || {
                if sealed {
                    seal();
                }
                let mut program = Command::new(std::env::current_exe().unwrap());
                program.args(["--exact", "offline::tests::connects_what_it_inherits", "--ignored"]);
                program.env("TICKLER_CONNECT", address.to_string()).stdin(OwnedFd::from(socket));
                program.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
            })
            .join()
            .unwrap()
        };
        assert!(connects(false), "the program itself works");
        assert!(!connects(true));
    }

    #[test]
    #[ignore = "the program that the test above starts"]
    fn connects_what_it_inherits() {
        let socket = UdpSocket::from(std::io::stdin().as_fd().try_clone_to_owned().unwrap());
        socket.connect(std::env::var("TICKLER_CONNECT").unwrap()).unwrap();
    }

    /// The filter applies to the calling thread and what it starts; the threads of other tests are not affected.
    #[test]
    fn a_sealed_thread_reaches_nobody() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connect = move || TcpStream::connect(address).map_err(|error| error.kind());
        assert!(connect().is_ok() && !is_sealed());
        thread::spawn(move || {
            seal();
            assert!(is_sealed());
            assert_eq!(connect().unwrap_err(), ErrorKind::PermissionDenied);
            assert!(UdpSocket::bind("[::1]:0").is_err_and(|error| error.kind() == ErrorKind::PermissionDenied));
            assert!(UnixStream::pair().is_ok());
            assert!(thread::spawn(is_sealed).join().unwrap(), "threads inherit it");
            // So do programs; bash connects by itself.
            let script = format!("exec 3<>/dev/tcp/127.0.0.1/{}", address.port());
            assert!(!Command::new("bash").args(["-c", &script]).status().unwrap().success(), "programs inherit it");
        })
        .join()
        .unwrap();
        assert!(!is_sealed());
        let script = format!("exec 3<>/dev/tcp/127.0.0.1/{}", address.port());
        assert!(Command::new("bash").args(["-c", &script]).status().unwrap().success(), "the script itself works");
    }
}
