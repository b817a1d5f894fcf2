import type { Delivery } from '../simulator/deliveries.mts';
import type { Accounts, CaptureFate, EventFate } from './accounts.mts';
import { isSuccess } from './deliver.mts';
import type { Soak } from './soak.mts';

const EVENT_FATES: Readonly<Record<EventFate, string>> = {
	delivered: 'delivered: a picture of every camera came out',
	failed: 'failed, with a message that has the request ID of every capture started',
	crashed: 'crashed by a kill, with the request IDs in the log of the worker',
	n8n: 'lost or ended by n8n, see below',
	unanswered: 'never answered with a success, so that Motive would try again',
	lost: '**lost**: nothing says what became of it',
};

const CAPTURE_FATES: Readonly<Record<CaptureFate, string>> = {
	delivered: 'picture delivered',
	named: 'request ID in the message of the error',
	logged: 'request ID in the log of the worker',
	unheard: 'started at Motive, but the worker was killed before it had the answer',
	lost: '**lost**: request ID nowhere to be found',
};

/** What a report says of where it was made. */
export interface Setting {
	machine: string;
	/** Day of the run. */
	date: string;
	seed: string;
}

/** The report on a soak, in Markdown. */
export function report(
	{ deliveries, endings, incidents, requests, took, load }: Soak,
	accounts: Accounts,
	{ machine, date, seed }: Setting,
): string {
	const restarts = (service: string) =>
		incidents.filter((incident) => incident.kind === 'restart' && incident.service === service)
			.length;
	const byThemselves = endings.filter(({ by }) => by === 'itself').length;
	const answered = deliveries.filter((tries) => tries.some(isSuccess));
	const atOnce = answered.filter((tries) => tries.length === 1);
	const refused = Math.round((1000 * requests.refused) / requests.all) / 10;
	return [
		`Run on ${date} with ${machine}, seed \`${seed}\`, in ${Math.round(took / 60_000)} minutes; on average ${Math.round(load)} ` +
			'processes wanted to run on the machine at the same time.',
		'',
		...rows('What was done', [
			['workers killed', endings.length - byThemselves],
			['restarts of PostgreSQL', restarts('postgres')],
			['restarts of Redis', restarts('redis')],
			['processes of n8n that ended by themselves, and were started again', byThemselves],
			['requests to the API', requests.all],
			[`of these refused by the rate limit (${refused} %)`, requests.refused],
		]),
		'',
		...rows('Events', [
			['sent by Motive', deliveries.length],
			['answered with a success at the first try', atOnce.length],
			['answered with a success at a later try', answered.length - atOnce.length],
			['longest time until a success was answered (ms)', slowest(deliveries)],
			...fates(EVENT_FATES, accounts.events),
			[
				'run more than once, because n8n had taken them but answered too late',
				accounts.ranTwice.length,
			],
		]),
		'',
		...rows('Captures', [
			['started at Motive', accounts.captures.size],
			...fates(CAPTURE_FATES, accounts.captures),
			['started twice by the same execution', accounts.startedTwice.length],
		]),
		...losses(accounts),
	].join('\n');
}

/** Whether nothing of the package's was lost, and nothing started twice. */
export function isFlawless({ events, captures, startedTwice, unknown }: Accounts): boolean {
	const fatesSeen: string[] = [...events.values(), ...captures.values()];
	return !fatesSeen.includes('lost') && startedTwice.length + unknown.length === 0;
}

function losses({ n8nLosses, unknown }: Accounts): string[] {
	if (n8nLosses.size + unknown.length === 0) return [];
	const counted = [...n8nLosses].sort(([, one], [, other]) => other - one);
	const strange: Array<[string, number]> =
		unknown.length > 0 ? [['executions of which n8n has kept no event', unknown.length]] : [];
	return [
		'',
		...rows('What n8n made of the events that it lost or ended', [...counted, ...strange]),
	];
}

function fates<Fate extends string>(
	words: Readonly<Record<Fate, string>>,
	seen: ReadonlyMap<number, Fate>,
): Array<[string, number]> {
	return (Object.keys(words) as Fate[]).map((fate) => [
		words[fate],
		[...seen.values()].filter((each) => each === fate).length,
	]);
}

function rows(title: string, counts: ReadonlyArray<readonly [string, number]>): string[] {
	return [
		`| ${title} | |`,
		'| --- | ---: |',
		...counts.map(([what, count]) => `| ${what} | ${count.toLocaleString('en')} |`),
	];
}

function slowest(deliveries: Delivery[][]): number {
	const times = deliveries.flat().flatMap((delivery) => (isSuccess(delivery) ? delivery.took : []));
	return Math.round(Math.max(0, ...times));
}
