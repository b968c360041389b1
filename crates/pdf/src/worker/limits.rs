//! What a worker may use, and how the operating system holds it to that.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

use super::protocol::Task;
use crate::text::Engine;

/// What a worker may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Address space of the process in bytes: the program itself, its stack, and what it allocates.
    pub memory: u64,
    /// Largest answer in bytes.
    pub answer: u64,
    /// Time for the first engine.
    pub first: Budget,
    /// Time for the second engine.
    pub second: Budget,
    /// Time to draw one page.
    pub render: Budget,
    /// Time for the digital signatures of a file.
    pub signatures: Budget,
}

/// Time for one document.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Processor time in seconds, so that a busy machine does not fail a good file.
    pub cpu_seconds: u32,
    /// Time that passes, for a worker that waits and does not compute; one that computes on a busy machine has more.
    pub wall: Duration,
}

impl Limits {
    /// Time for one such task.
    pub(super) fn budget(&self, task: Task) -> Budget {
        match task {
            Task::Read(Engine::First) => self.first,
            Task::Read(Engine::Second) => self.second,
            Task::Render(_) | Task::Image(_) => self.render,
            Task::Signatures => self.signatures,
        }
    }
}

impl Default for Limits {
    /// A file is given up within ten seconds and one gibibyte, both engines together. An ordinary contract takes some
    /// hundredths of a second.
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            answer: 256 << 20,
            first: Budget { cpu_seconds: 4, wall: Duration::from_secs(5) },
            second: Budget { cpu_seconds: 2, wall: Duration::from_secs(3) },
            // The image of one page may be large, and slow to unpack.
            render: Budget { cpu_seconds: 8, wall: Duration::from_secs(10) },
            // A file to which something was added after signing is read twice, and its pages are drawn.
            signatures: Budget { cpu_seconds: 8, wall: Duration::from_secs(10) },
        }
    }
}

/// What the operating system holds a worker to.
#[expect(clippy::struct_excessive_bools, reason = "each holds or not by itself")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Isolation {
    /// A limit on memory.
    pub memory: bool,
    /// A limit on processor time.
    pub processor: bool,
    /// No new descriptors and no growing files: nothing can be opened, connected or written to.
    pub files: bool,
    /// System calls other than for memory, time and the pipe are refused.
    pub system_calls: bool,
}

/// Limits that hold from the first moment.
pub(super) fn enter(memory: u64) -> Isolation {
    Isolation {
        // Elsewhere it is accepted and ignored.
        memory: cfg!(target_os = "linux") && limit(Resource::As, memory),
        // A gibibyte of core dump helps nobody.
        files: limit(Resource::Core, 0) && limit(Resource::Fsize, 0),
        ..Isolation::default()
    }
}

/// Shuts the worker in, when it has opened all that it needs.
pub(super) fn seal(entered: Isolation) -> Isolation {
    Isolation {
        processor: allow_cpu(60),
        files: entered.files && limit(Resource::Nofile, 0),
        system_calls: calls::filter(),
        ..entered
    }
}

/// Allows the process so many more seconds of processor time; then the system ends it with SIGXCPU.
pub(super) fn allow_cpu(seconds: u32) -> bool {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    // The second that has begun is not counted.
    let current = Some(used + 1 + u64::from(seconds));
    setrlimit(Resource::Cpu, Rlimit { current, maximum: None }).is_ok()
        // A hard limit from outside stays, and one that is lower cannot be raised.
        || rustix::process::getrlimit(Resource::Cpu).maximum.is_some_and(|maximum| {
            let current = current.map(|c| c.min(maximum));
            setrlimit(Resource::Cpu, Rlimit { current, maximum: Some(maximum) }).is_ok()
        })
}

fn limit(resource: Resource, most: u64) -> bool {
    // The hard limit too, so that it cannot be raised again; one from outside may be lower.
    let most = rustix::process::getrlimit(resource).maximum.map_or(most, |maximum| maximum.min(most));
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok()
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
mod calls {
    use std::collections::BTreeMap;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
        apply_filter_all_threads,
    };

    /// What allocating, panicking, aborting and ending need, and reading and writing what is open already.
    const ALLOWED: [libc::c_long; 32] = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_nanosleep,
        libc::SYS_clock_nanosleep,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_getrusage,
        libc::SYS_restart_syscall,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_set_robust_list,
        libc::SYS_rseq,
        libc::SYS_membarrier,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    /// The same everywhere on Linux; libc gives it types that differ.
    const RLIMIT_CPU: u64 = 0;

    /// Refuses everything else, with an error and not with death: a call that an engine can do without is no reason to
    /// lose the document.
    pub(super) fn filter() -> bool {
        program().is_ok_and(|program| apply_filter_all_threads(&program).is_ok())
    }

    fn program() -> Result<BpfProgram, seccompiler::BackendError> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
        let is = |argument, value| SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value);
        // Limits of this process, and of those only the one on processor time.
        let own_cpu = vec![is(0, 0)?, is(1, RLIMIT_CPU)?];
        rules.insert(libc::SYS_prlimit64, vec![SeccompRule::new(own_cpu)?]);
        // Signals to this process: it aborts by sending itself one.
        let own = vec![is(0, u64::from(std::process::id()))?];
        rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(own.clone())?]);
        rules.insert(libc::SYS_kill, vec![SeccompRule::new(own)?]);
        let arch = std::env::consts::ARCH.try_into()?;
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        SeccompFilter::new(rules, refused, SeccompAction::Allow, arch)?.try_into()
    }
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
mod calls {
    /// There is no such filter here.
    pub(super) fn filter() -> bool {
        false
    }
}
