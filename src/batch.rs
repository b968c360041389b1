//! Many documents: a parallel map with one ordered writer.
