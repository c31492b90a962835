#!/bin/sh
# The compiler for this crate and the program, not for its dependencies, with what makes them a megabyte smaller for 4 % more time
# of an article, and 3 % of a first fetch; `cargo install` has no such place, and builds the larger program.
#
# inlinehint-threshold: how large a function that its author marked `#[inline]` may be to be copied to where it is called; 325 by
# itself, also where the optimiser is told to keep things small. At 60 another 0.3 MB go, and an article takes 7 to 11 % longer.
# inlinecold-threshold: the same where the call is one that hardly ever happens, as that of an error; 45 by itself.
# force-frame-pointers: what is saved of the stack is found from one register, which takes fewer words of the tables for unwinding.
exec "$@" -C llvm-args=-inlinehint-threshold=130 -C llvm-args=-inlinecold-threshold=5 -C force-frame-pointers=yes
