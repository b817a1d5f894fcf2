/**
 * `npm run probe`: for somebody with a Motive account. Takes one picture, and writes down how Motive answers, without
 * anything that could identify a fleet. The key stays in this process.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { motiveApi } from './probe/api.mts';
import { dryRun } from './probe/dryRun.mts';
import { newWords } from './probe/redact.mts';
import { answersOf, reportOf } from './probe/report.mts';
import { probe, type Findings } from './probe/story.mts';
import { CannotGoOn, openTerminal, type Person } from './probe/terminal.mts';
import { KNOWN_WORDS } from './probe/words.mts';

const REPORT = 'probe-report.md';
const Manifest = z.object({ name: z.string(), version: z.string(), homepage: z.string() });

const { values: options } = parseArgs({
	options: {
		'dry-run': { type: 'boolean', default: false },
		url: { type: 'string', default: 'https://api.gomotive.com' },
	},
});

/** Shows the report, and saves it if the person agrees. */
async function report(person: Person, findings: Findings): Promise<void> {
	const file = path.join(import.meta.dirname, '../package.json');
	const { name, version, homepage } = Manifest.parse(JSON.parse(await readFile(file, 'utf8')));
	const words = new Set([...KNOWN_WORDS, ...(await wordsToTell(person, findings))]);
	const text = reportOf(findings, { words, made: `${name} ${version}`, now: Date.now() });
	person.say(`\n${text}`);
	if (!/^y(es)?$/i.test((await person.ask(`Save this as ${REPORT}? [y/N] `)).trim())) return;
	await writeFile(REPORT, text);
	person.say(`
Saved. Please read it once more, and paste it at
${homepage.replace(/#.*/, '')}/issues/new?template=motive.yml`);
}

/** Asks which words of Motive's answers, that nobody has seen so far, may be in the report. */
async function wordsToTell(person: Person, findings: Findings): Promise<string[]> {
	const found = newWords(answersOf(findings), KNOWN_WORDS, [findings.number]);
	if (found.length === 0) return [];
	person.say(`
Motive used words that this program does not know:

  ${found.join(' ')}

They are worth reporting, unless a name is among them.`);
	const typed = await person.ask('Type those that may be in the report, or "all" [none]: ');
	const wanted = typed.toLowerCase().split(/[\s,]+/);
	return found
		.map((word) => word.toLowerCase())
		.filter((word) => wanted.includes('all') || wanted.includes(word));
}

async function run(): Promise<void> {
	if (options['dry-run']) {
		console.log(await dryRun());
		return;
	}
	const stopping = new AbortController();
	const { signal } = stopping;
	const stop = () => stopping.abort();
	for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop);
	const person = openTerminal(stop, signal);
	const now = () => Date.now();
	const clock = {
		now,
		sleep: async (ms: number) => {
			await sleep(ms, undefined, { signal });
		},
	};
	try {
		const given = process.env['MOTIVE_API_KEY'] ?? (await person.askSecretly('API key: '));
		const key = given.trim();
		if (key === '') throw new CannotGoOn('There is no key.');
		const api = motiveApi({ baseUrl: options.url, key, signal, now });
		const findings = await probe({ api, clock, person, signal });
		if (findings) await report(person, findings);
	} catch (error) {
		if (signal.aborted) person.say('\nStopped. Nothing was saved.');
		else if (error instanceof CannotGoOn) person.say(`\n${error.message}`);
		else throw error;
		process.exitCode = 1;
	} finally {
		person.close();
	}
}

await run();
