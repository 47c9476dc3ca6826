//! The control socket: who asks is the kernel's word.
