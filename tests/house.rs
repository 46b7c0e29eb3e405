//! The house rules that a reader may rely on: module order, file sizes, the list at the top.
