//! Every sentence that a citizen or an officer reads.
