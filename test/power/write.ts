import { writeFileSync } from "node:fs";

import { guardianTable } from "./table.ts";

// node --import tsx test/power/write.ts: the page about what a guardian may stop, from the tests.

writeFileSync(
  "docs/guardian.md",
  `# What a guardian may stop

A guardian locks at once and can unlock nothing. Whoever governs unlocks; that takes a day, and a new lock
takes it back. Each line is a test (\`test/power/verbs.ts\`), run at each level.

${guardianTable()}

At level 2 no more of a token leaves the pool within an hour, net of what comes, than \`exitPerHour\`
(\`params.json\`) of what the pool held of it when the lock began, and of what came since by the time it has
stayed, up to an hour. Whoever deposits and withdraws at once uses up no one's share; what came an hour ago lets
nothing out at once. What an account may take is bounded by its IM as ever, so everyone who owes nothing, or is
healthy, gets out in time.
`,
);
