import type { AbiParameter, AbiParameterToPrimitiveType, ParseAbiItem } from "viem";

/** What a pool, or the same maths in memory, refuses with. */
export class BallastError extends Error {
  override readonly name: string = "BallastError";
}

type Inputs<S extends string> =
  ParseAbiItem<`error ${S}`> extends { inputs: infer I extends readonly AbiParameter[] }
    ? I
    : never;
type Values<I extends readonly AbiParameter[]> = {
  -readonly [K in keyof I]: AbiParameterToPrimitiveType<I[K]>;
};
type Args<I extends readonly AbiParameter[]> = {
  readonly [P in I[number] as P["name"] & string]: AbiParameterToPrimitiveType<P>;
};

/** The class of one Solidity error. */
export interface ErrorClass<S extends string> {
  readonly signature: S;
  new (
    ...values: Values<Inputs<S>>
  ): BallastError & Omit<Args<Inputs<S>>, "name"> & { readonly args: Args<Inputs<S>> };
}

/**
 * The class of a Solidity error, by its signature. An instance takes the arguments in Solidity's order
 * and carries each as a field of its name, and all in `args`; an argument called `name` stands in
 * `args` only, since an error's own name is its class's.
 *
 * @param named the class's name, where it is not Solidity's
 */
export function errorClass<const S extends string>(signature: S, named?: string): ErrorClass<S> {
  const [declared, fields] = parse(signature);
  const title = named ?? declared;
  class SolidityError extends BallastError {
    static readonly signature = signature;
    override readonly name = title;
    readonly args: Readonly<Record<string, unknown>>;

    constructor(...values: unknown[]) {
      const args = fields.map((field, i) => [field, values[i]] as const);
      super(
        `${title}(${args.map(([field, value]) => `${field}: ${shortened(value)}`).join(", ")})`,
      );
      this.args = Object.fromEntries(args);
      Object.assign(this, this.args, { name: title });
    }
  }
  return SolidityError as unknown as ErrorClass<S>;
}

const SHOWN = 200; // characters of a value in a message

/** A value as a message shows it: a contract can give a million bytes. */
export function shortened(value: unknown): string {
  const text = String(value);
  if (text.length <= SHOWN) return text;
  return `${text.slice(0, SHOWN)}... of ${text.length} characters`;
}

function parse(signature: string): [title: string, fields: string[]] {
  const [title, inside] = signature.slice(0, -1).split("(") as [string, string];
  return [title, inside === "" ? [] : inside.split(", ").map((input) => input.split(" ")[1]!)];
}
