//! Nothing leaves the machine: the program gives up its right to use the network before it reads a file.
//!
//! No part of the program needs a connection. The restriction also holds for its libraries and for the programs that it
//! starts.

use std::io::ErrorKind;
use std::net::UdpSocket;

/// Makes the operating system refuse network sockets to this thread and to the threads and programs that it starts. It
/// cannot be undone; call it before other threads exist. Sockets inside the machine, which workers need, stay possible.
///
/// Linux only; elsewhere, and where the kernel has no seccomp, nothing happens ([`is_sealed`] tells).
pub fn seal() {
    calls::filter();
}

/// Whether the operating system refuses a network socket to this thread: it asks for one, bound to this machine alone.
#[must_use]
pub fn is_sealed() -> bool {
    UdpSocket::bind("127.0.0.1:0").is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
mod calls {
    use std::collections::BTreeMap;

    use seccompiler::{
        BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule, apply_filter,
    };

    pub(super) fn filter() {
        // If this fails, the program works as on systems without seccomp.
        let _ = program().map(|program| apply_filter(&program));
    }

    fn program() -> Result<BpfProgram, BackendError> {
        let local = u64::from(libc::AF_UNIX.unsigned_abs());
        let beyond = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, local)?;
        let rules = BTreeMap::from([
            (libc::SYS_socket, vec![SeccompRule::new(vec![beyond])?]),
            // It can create sockets that this filter does not see.
            (libc::SYS_io_uring_setup, Vec::new()),
        ]);
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        SeccompFilter::new(rules, SeccompAction::Allow, refused, std::env::consts::ARCH.try_into()?)?.try_into()
    }
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
mod calls {
    pub(super) fn filter() {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::{TcpListener, TcpStream};
    use std::os::unix::net::UnixStream;
    use std::process::Command;
    use std::thread;

    use super::*;

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
