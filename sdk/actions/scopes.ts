/** What an owner can let an operator do; several are joined with `|`, zero revokes. */
export const scopes = { deposit: 1, trade: 2, withdraw: 4, transfer: 8, liquidate: 16 } as const;

/** The name of a scope. */
export type Scope = keyof typeof scopes;
