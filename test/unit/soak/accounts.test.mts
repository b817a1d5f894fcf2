import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positions } from '../../simulator/fleet.mts';
import {
	account,
	type Evidence,
	type SeenExecution,
	type SentEvent,
} from '../../soak/accounts.mts';

const VEHICLE = 'V-0001';
const event: SentEvent = {
	...{ id: 7, vehicle: VEHICLE, isAnswered: true },
	cameras: ['rear', 'side_left'],
};
const captures = [
	{ requestId: 901, vehicle: VEHICLE, position: 'rear' as const },
	{ requestId: 902, vehicle: VEHICLE, position: 'side_left' as const },
];
const execution: SeenExecution = {
	...{ id: '3', event: 7, status: 'success', words: '' },
	delivered: [901, 902],
};
const failed: SeenExecution = { ...execution, status: 'error', delivered: [], failedBy: 'node' };
const ended: SeenExecution = { ...failed, failedBy: 'n8n', words: 'too many times' };
const whole: Evidence = {
	...{ events: [event], captures, executions: [execution] },
	...{ logged: new Map(), cutOff: new Map() },
};
const inLog = new Map([
	[901, '3'],
	[902, '3'],
]);

/** What became of the only event, and of its captures. */
function fates(changes: Partial<Evidence>) {
	const accounts = account({ ...whole, ...changes });
	return { event: accounts.events.get(7), captures: [...accounts.captures.values()] };
}

describe('account', () => {
	it('takes an event for delivered when every camera has brought its picture', () => {
		expect(fates({})).toEqual({ event: 'delivered', captures: ['delivered', 'delivered'] });
	});

	it('misses a picture in an execution that succeeded', () => {
		const executions = [{ ...execution, delivered: [901] }];
		expect(fates({ executions })).toEqual({ event: 'lost', captures: ['delivered', 'lost'] });
		expect(fates({ executions, captures: captures.slice(0, 1) }).event).toBe('lost');
	});

	it('wants every request ID in the message of a failure, whatever the log says', () => {
		const say = (words: string) => fates({ executions: [{ ...failed, words }], logged: inLog });
		expect(say('dashcam 901, 902.')).toEqual({ event: 'failed', captures: ['named', 'named'] });
		expect(say('dashcam 901, 9021.')).toEqual({ event: 'lost', captures: ['named', 'lost'] });
	});

	it('finds what a killed worker had started in its log, but for what it had no answer to yet', () => {
		const cutOff = new Map([['3', 'kill' as const]]);
		expect(fates({ executions: [ended], cutOff, logged: inLog })).toEqual({
			event: 'crashed',
			captures: ['logged', 'logged'],
		});
		expect(fates({ executions: [ended], cutOff, logged: new Map([[901, '3']]) })).toEqual({
			event: 'crashed',
			captures: ['logged', 'unheard'],
		});
		expect(fates({ executions: [ended], logged: new Map([[901, '3']]) }).event).toBe('lost');
	});

	it('tells apart what n8n lost, and says how it ended', () => {
		const executions = [{ ...ended, status: 'running', words: '' }];
		expect(fates({ executions, logged: inLog }).event).toBe('n8n');
		expect(account({ ...whole, executions: [ended], logged: inLog }).n8nLosses).toEqual(
			new Map([['error: too many times', 1]]),
		);
		const never = account({ ...whole, executions: [], captures: [] });
		expect(never.n8nLosses).toEqual(new Map([['never run', 1]]));
	});

	it('does not count an event that n8n has never taken', () => {
		const events = [{ ...event, isAnswered: false }];
		expect(fates({ events, executions: [], captures: [] }).event).toBe('unanswered');
	});

	it('reports a second start of a camera, unless n8n has run the event twice', () => {
		const again = { requestId: 903, vehicle: VEHICLE, position: 'rear' as const };
		const both = [...captures, again];
		expect(account({ ...whole, captures: both }).startedTwice).toEqual([903]);
		const executions = [execution, { ...execution, id: '4', delivered: [903] }];
		const accounts = account({ ...whole, captures: both, executions });
		expect(accounts).toMatchObject({ startedTwice: [], ranTwice: [7] });
	});

	it('names executions of which nobody knows the event', () => {
		const nameless = { id: '9', status: 'error', delivered: [], words: '' };
		expect(account({ ...whole, executions: [execution, nameless] }).unknown).toEqual(['9']);
	});
});

describe('account, of any soak', () => {
	const cases = fc.record({
		cameras: fc.subarray([...positions], { minLength: 1 }),
		end: fc.constantFrom('delivered' as const, 'failed' as const, 'crashed' as const),
	});

	/** A soak in which nothing was lost. */
	const soaks = fc.array(cases, { minLength: 1, maxLength: 20 }).map((all): Evidence => {
		const made = all.map(({ cameras, end }, index) => {
			const vehicle = `V-${index}`;
			const started = cameras.map((position, camera) => ({
				...{ vehicle, position, requestId: 1_000 + index * 10 + camera },
			}));
			const ids = started.map(({ requestId }) => requestId);
			const usual = { id: String(index), event: index, words: '', delivered: [] };
			const seen: Record<typeof end, SeenExecution> = {
				delivered: { ...usual, status: 'success', delivered: ids },
				failed: { ...usual, status: 'error', failedBy: 'node', words: ids.join(', ') },
				crashed: { ...usual, status: 'error', failedBy: 'n8n' },
			};
			const sent = { id: index, vehicle, cameras, isAnswered: true };
			return { sent, started, seen: seen[end], end };
		});
		const crashed = made.filter(({ end }) => end === 'crashed');
		return {
			events: made.map(({ sent }) => sent),
			captures: made.flatMap(({ started }) => started),
			executions: made.map(({ seen }) => seen),
			logged: new Map(
				crashed.flatMap(({ started, seen }) =>
					started.map(({ requestId }) => [requestId, seen.id] as const),
				),
			),
			cutOff: new Map(crashed.map(({ seen }) => [seen.id, 'kill'] as const)),
		};
	});

	it('gives each event and each capture one fate, and loses none', () => {
		fc.assert(
			fc.property(soaks, (evidence) => {
				const accounts = account(evidence);
				expect(accounts.events.size).toBe(evidence.events.length);
				expect(accounts.captures.size).toBe(evidence.captures.length);
				expect([...accounts.events.values(), ...accounts.captures.values()]).not.toContain('lost');
				expect(accounts).toMatchObject({ ranTwice: [], startedTwice: [], unknown: [] });
			}),
		);
	});

	it('is the same in whatever order things are listed', () => {
		fc.assert(
			fc.property(soaks, (evidence) => {
				const { events, captures: started, executions } = evidence;
				const turned = account({
					...evidence,
					events: events.toReversed(),
					captures: started.toReversed(),
					executions: executions.toReversed(),
				});
				const accounts = account(evidence);
				expect(turned.events).toEqual(accounts.events);
				expect(turned.captures).toEqual(accounts.captures);
			}),
		);
	});

	it('notices every trace that is missing', () => {
		const pickOne = fc.nat();
		fc.assert(
			fc.property(soaks, pickOne, (evidence, pick) => {
				const { captures: started, executions } = evidence;
				const missing = started[pick % started.length]?.requestId ?? NaN;
				const without = executions.map((each) => ({
					...each,
					delivered: each.delivered.filter((id) => id !== missing),
					words: each.words.replace(String(missing), ''),
				}));
				const logged = new Map([...evidence.logged].filter(([id]) => id !== missing));
				const accounts = account({ ...evidence, executions: without, logged });
				const fate = accounts.captures.get(missing);
				expect(fate).toBe(evidence.logged.has(missing) ? 'unheard' : 'lost');
			}),
		);
	});
});
