#![no_main]

#[path = "../../tests/it/fuzz/bodies.rs"]
#[expect(dead_code, reason = "each target uses one of them")]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::imports(data));
