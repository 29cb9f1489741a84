import type { CompilerOutput } from "hardhat/types/solidity";

// A warning in a package is its authors' to mend; one of ours stops the build. But for three: code
// and initcode size have their own test, and that transient storage outlives a call is why it is used.
const accepted = new Set(["5574", "3860", "2394"]);

/** The output with packages' warnings left out, and ours as errors. */
export function strict(output: CompilerOutput): CompilerOutput {
  const errors = (output.errors ?? [])
    .filter((e) => e.severity === "error" || !/--> (?!project\/)/.test(e.formattedMessage ?? ""))
    .map((e) =>
      e.severity === "warning" && !accepted.has(e.errorCode ?? "")
        ? { ...e, type: "Error", severity: "error" as const }
        : e,
    );
  return { ...output, errors };
}
