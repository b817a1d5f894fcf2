/**
 * `npm run soak` sends 2,000 events to an n8n in queue mode within 24 minutes, and accounts for each of them and for each
 * capture while workers are killed and PostgreSQL and Redis are restarted. The report is written into docs/reliability.md.
 * `-- --events 40 --minutes 1.25` tries it out; then, and with `--seed`, the report is only printed.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, today, writeSection } from '../bench/page.mts';
import { account } from './accounts.mts';
import { isFlawless, report } from './report.mts';
import { makeScenario } from './scenario.mts';
import { soak } from './soak.mts';

const PAGE = resolve(import.meta.dirname, '../../docs/reliability.md');
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
const accounts = account(result.evidence);
const text = report(result, accounts, { machine: machine(), date: today(), seed: values.seed });
console.log(text);
if (values.save) await writeSection(PAGE, 'soak', text);
process.exitCode = isFlawless(accounts) ? 0 : 1;
