/**
 * `npm run soak` sends 2,000 events to an n8n in queue mode within 24 minutes, and accounts for each of them and for each
 * capture while workers are killed and PostgreSQL and Redis are restarted. It prints a report; `-- --save` also writes it into
 * docs/reliability.md, and `-- --events 40 --minutes 1.25` tries it out. What the report was made from, the logs of the
 * workers included, is kept in .cache/soak until the next run.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, today, writeSection } from '../bench/page.mts';
import { account } from './accounts.mts';
import { isFlawless, report } from './report.mts';
import { makeScenario } from './scenario.mts';
import { soak, type Soak } from './soak.mts';

const PAGE = resolve(import.meta.dirname, '../../docs/reliability.md');
const KEPT = resolve(import.meta.dirname, '../../.cache/soak');
const MINUTE = 60_000;

const { values } = parseArgs({
	options: {
		events: { type: 'string', default: '2000' },
		minutes: { type: 'string', default: '24' },
		seed: { type: 'string', default: 'soak' },
		/** Writes the report into the page. */
		save: { type: 'boolean', default: false },
	},
});
const scenario = makeScenario(Number(values.events), Number(values.minutes) * MINUTE, values.seed);
const result = await soak(scenario);
await keep(result);
const accounts = account(result.evidence);
const text = report(result, accounts, { machine: machine(), date: today(), seed: values.seed });
console.log(text);
if (values.save) await writeSection(PAGE, 'soak', text);
process.exitCode = isFlawless(accounts) ? 0 : 1;

/** Keeps what a run has shown, for whoever wants to know why something was lost. */
async function keep({ evidence, logs, endings }: Soak): Promise<void> {
	await rm(KEPT, { recursive: true, force: true });
	await mkdir(KEPT, { recursive: true });
	const plain = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);
	await writeFile(join(KEPT, 'evidence.json'), JSON.stringify({ evidence, endings }, plain, '\t'));
	for (const [index, log] of logs.entries())
		await writeFile(join(KEPT, `worker-${index + 1}.log`), log);
}
