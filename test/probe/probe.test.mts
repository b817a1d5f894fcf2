/** What somebody with an account runs, against the simulated Motive. */
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

import { motiveApi } from '../../demo/probe/api.mts';
import { newWords } from '../../demo/probe/redact.mts';
import { answersOf, reportOf } from '../../demo/probe/report.mts';
import { probe, type Findings } from '../../demo/probe/story.mts';
import { KNOWN_WORDS } from '../../demo/probe/words.mts';
import * as answers from '../simulator/answers.mts';
import { HandClock, useSimulator } from '../unit/simulator/harness.mts';

const clock = new HandClock();
const { simulator } = useSimulator({ clock, latency: { kind: 'constant', ms: 7_000 } });

const POST = 'POST /v1/image_captures';
const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const starts = () => simulator().received(POST).length;

/** Runs the probe with these answers of the person; Motive's clock moves on while it waits. */
async function run(typed: string[], key = simulator().apiKey) {
	const said: string[] = [];
	const { signal } = new AbortController();
	const ask = async (question: string) => {
		said.push(question);
		return typed.shift() ?? '';
	};
	const say = (text: string) => void said.push(text);
	const findings = await probe({
		api: motiveApi({ baseUrl: simulator().url, key, signal, now: clock.now }),
		clock: { now: clock.now, sleep: async (ms) => clock.forward(ms) },
		person: { say, progress: say, ask, askSecretly: ask },
		signal,
	});
	return { findings, said: said.join('\n') };
}

const agreed = ['T-118', '', 'y'];

async function found(typed = [...agreed]): Promise<Findings> {
	const { findings } = await run(typed);
	if (!findings) throw new Error('Nothing was found');
	return findings;
}

function report(findings: Findings, told: string[] = []): string {
	const words = new Set([...KNOWN_WORDS, ...told]);
	return reportOf(findings, { words, made: 'n8n-nodes-motive 0.1.0', now: clock.now() });
}

/** Everything that somebody looking for secrets would look for. */
function secrets(): string[] {
	const { apiKey, url, imageUrl, fleet, captures } = simulator();
	return [
		...[apiKey, url, imageUrl, 'Simulated Haulage', 'Signature', '127.0.0.1', 'Kenworth'],
		...fleet.flatMap(({ id, name }) => [String(id), name]),
		...captures.map(({ requestId }) => String(requestId)),
	];
}

function expectNoSecrets(text: string): void {
	expect(secrets().filter((secret) => text.includes(secret))).toEqual([]);
	expect(text).not.toMatch(/https?:|\d{4}-\d\d-\d\d|\d{5}/);
}

const styles = ['motive', 'rails', 'grape', 'jsonApi', 'plain'] as const;

describe.each([1, 2, 3, 4, 5] as const)('Where Motive takes form %i', (form) => {
	it.each(styles)('and refuses in the words of %s, one picture is taken', async (refusal) => {
		Object.assign(simulator().starts, { form, refusal });
		const findings = await found();
		expect(simulator().captures).toHaveLength(1);
		// One more with a position that does not exist.
		expect(starts()).toBe(form + 1);
		expect(findings.refusals.map(({ exchange }) => exchange.answer?.status)).toEqual([
			404, 404, 400,
		]);

		const text = report(findings);
		expect(text).toContain(`| Form of the start that is taken | form ${form} |`);
		expect(text).toContain('| Status of its answer | HTTP 201 |');
		expect(text).toContain('| Status words | pending, success |');
		expect(text).toContain('| Time until the picture was there | 6 to 9 s |');
		expect(text).toContain('| Life of its link | about 60 minutes |');
		expect(text).toMatch(/\| Picture \| HTTP 200, image\/jpeg, about 0\.\d MB \|/);
		expect(text).toContain(`Start in form ${form}`);
		expect(text).toContain('Look at the capture, 3 times');
		expectNoSecrets(text);
	});
});

describe('A word that nobody has seen', () => {
	it('is in the report only if somebody lets it through', async () => {
		const waking = answers.fields({ status: 'waking_up', cab: 'T-118', driver_name: 'Sam Doe' });
		simulator().faults.add({ on: POLL, times: 1, answer: waking });
		const findings = await found();
		const words = newWords(answersOf(findings), KNOWN_WORDS, [findings.number]);
		expect(words).toEqual(['waking_up', 'cab', 'driver_name']);
		expect(report(findings)).toContain('| Status words | pending, …, success |');
		const told = report(findings, ['waking_up', 'cab']);
		expect(told).toContain('| Status words | pending, waking_up, success |');
		expect(told).toContain('"cab": "<text>"');
		for (const text of [report(findings), told]) {
			expect(text).not.toMatch(/driver_name|Sam|Doe/);
			expectNoSecrets(text);
		}
	});
});

describe('What Motive sends back of the key', () => {
	it('reaches nobody', async () => {
		const { apiKey, faults } = simulator();
		faults.add({ on: POST, answer: answers.error(422, `${apiKey} may not use the camera`) });
		const findings = await found();
		expect(JSON.stringify(findings)).not.toContain(apiKey);
	});
});

describe('The start', () => {
	it.each([
		['a refusal that is not about the form', answers.error(422, 'vehicle is offline')],
		['an answer that leaves open whether there will be a picture', answers.error(500)],
		['too many requests', answers.error(429)],
		['the key may not do this', answers.error(403)],
	])('is not sent again after %s', async (_, answer) => {
		simulator().faults.add({ on: POST, answer });
		const findings = await found();
		expect(starts()).toBe(1);
		expect(report(findings)).toContain('| Form of the start that is taken | none |');
	});

	it('is not sent again after the connection broke', async () => {
		simulator().faults.add({ on: POST, connection: 'reset' });
		const findings = await found();
		expect(starts()).toBe(1);
		expect(report(findings)).toContain('No answer (ECONNRESET)');
	});

	it('is sent in every form where Motive takes none', async () => {
		simulator().faults.add({ on: POST, answer: answers.error(400, 'param is missing: camera') });
		const text = report(await found());
		expect(starts()).toBe(5);
		expect(text).toContain('"error_message": "param is missing camera"');
	});

	it('is not sent without a yes', async () => {
		for (const no of ['', 'n', 'maybe'])
			expect((await run(['T-118', '', no])).findings).toBeUndefined();
		expect(starts()).toBe(0);
	});
});

describe('Waiting', () => {
	it('ends after five minutes', async () => {
		simulator().setLatency({ kind: 'never' });
		const findings = await found();
		expect(findings.looks).toHaveLength(101);
		expect(report(findings)).toContain('not there after 300 s');
	});

	it('ends when Motive gives up', async () => {
		simulator().faults.add({ on: POLL, answer: answers.failed('failed') });
		const findings = await found();
		expect(findings.picture).toBeUndefined();
		expect(report(findings)).toContain('| Status words | pending, failed |');
	});
});

describe('The probe does not begin', () => {
	it('with a key that Motive does not know', async () => {
		await expect(run([...agreed], 'wrong')).rejects.toThrow('did not accept the key (HTTP 401)');
	});

	it('with a vehicle or a camera that does not exist', async () => {
		await expect(run(['T-999', '', 'y'])).rejects.toThrow('no such vehicle');
		await expect(run(['T-118', 'roof', 'y'])).rejects.toThrow('no such camera');
		expect(starts()).toBe(0);
	});
});

describe('npm run probe', () => {
	const repository = path.resolve(import.meta.dirname, '../..');
	const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
	const start = async (args: string[], env: Record<string, string> = {}) => {
		const cwd = await mkdtemp(path.join(tmpdir(), 'probe-'));
		const script = path.join(repository, 'demo/probe.mts');
		const process = execa('node', ['--import', tsx, script, ...args], {
			cwd,
			env,
			reject: false,
			all: true,
		});
		return { cwd, process };
	};
	const url = () => `--url=${simulator().url}`;

	it('asks for the key, shows the report, and saves it', async () => {
		simulator().setLatency({ kind: 'constant', ms: 0 });
		simulator().faults.add({ on: POLL, answer: answers.fields({ taken: 'now' }) });
		const { cwd, process } = await start([url()]);
		process.stdin.end(`${simulator().apiKey}\nT-118\nrear\nyes\ntaken\ny\n`);
		const { all, exitCode } = await process;
		expect(all).toContain('issues/new?template=motive.yml');
		expect(exitCode).toBe(0);
		const saved = await readFile(path.join(cwd, 'probe-report.md'), 'utf8');
		expect(all).toContain(saved);
		expect(saved).toContain('"taken": "<text>"');
		expect(all).not.toContain(simulator().apiKey);
		expectNoSecrets(saved);
	});

	it('stops at once and saves nothing when it is interrupted', async () => {
		simulator().setLatency({ kind: 'never' });
		const { cwd, process } = await start([url()], { MOTIVE_API_KEY: simulator().apiKey });
		process.stdin.write('T-118\n\ny\n');
		process.all.on('data', (text: Buffer) => {
			if (text.toString().includes('Waiting')) process.kill('SIGINT');
		});
		const { all, exitCode } = await process;
		expect(all).toContain('Stopped. Nothing was saved.');
		expect(exitCode).toBe(1);
		expect(await readdir(cwd)).toEqual([]);
	});

	it('sends nothing in a dry run', async () => {
		const { process } = await start([url(), '--dry-run']);
		const { all } = await process;
		expect(all).toContain(
			'POST /v1/image_captures {"vehicle_id":1040021,"position":"front_facing"}',
		);
		expect(simulator().requests).toEqual([]);
	});
});
