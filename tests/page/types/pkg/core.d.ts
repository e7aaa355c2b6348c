/** Source of wasm-bindgen's `--target web` glue: a module with `Core` and `initSync` in its scope. */
export const glue: string;
/** The WebAssembly binary in base64. */
export const wasm: string;
