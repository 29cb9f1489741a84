import "chai";

// chai compares bigints; its types do not say so yet.
declare global {
  namespace Chai {
    interface NumberComparer {
      (value: bigint, message?: string): Assertion;
    }
    interface NumericComparison {
      within(start: bigint, finish: bigint, message?: string): Assertion;
    }
    interface CloseTo {
      (expected: bigint, delta: bigint, message?: string): Assertion;
    }
  }
}
