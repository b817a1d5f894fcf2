import seedrandom from 'seedrandom';
import {
	all,
	contentType,
	edit,
	error,
	fields,
	html,
	onceReady,
	whilePending,
	wrapped,
	type Edit,
} from './answers.mts';
import type { Fault, Profile } from './faults.mts';
import type { Route } from './routes.mts';
import {
	bare,
	encoded,
	flatRows,
	idsAsText,
	lateLinks,
	listedImages,
	listsAsMaps,
	nilLinks,
	totalAsText,
	withoutTotal,
} from './shapes.mts';
import type { Subject } from './subject.mts';
import { passing } from './troubles.mts';

/** Chooses by chance; the same question gets the same answer. */
type Choose = <T>(question: string, choices: readonly T[]) => T;

/** Changes nothing. */
const asItIs: Edit = (truth) => truth;

/** Routes that start work. */
const starts: readonly Route[] = ['POST /v1/image_captures', 'POST /v1/video_recall_requests'];

/** Routes that tell how far work is. */
const looks: readonly Route[] = [
	'GET /v1/image_captures/:camera_type/:request_id',
	'GET /v1/video_recall_requests/:id',
];

/** Routes that list records. */
const lists: readonly Route[] = [
	'GET /v1/companies',
	'GET /v1/vehicles',
	'GET /v1/users',
	'GET /v1/assets',
	'GET /v2/driver_performance_events',
	'GET /v1/speeding_events',
	'GET /v3/vehicle_locations',
	'GET /v1/company_webhooks',
];

/** Routes with one record in a key of its own. */
const records: readonly Route[] = [
	'GET /v1/vehicles/lookup',
	'GET /v1/vehicles/lookup_by_external_id',
	'GET /v1/vehicles/:id',
	'GET /v1/users/lookup',
	'GET /v1/assets/lookup_by_external_id',
	'POST /v1/company_webhooks',
	'PUT /v1/company_webhooks/:id',
];

/** Routes that may fail once. None that starts or changes something does, nor the place that goes with a picture. */
const troubled: readonly Route[] = [
	...looks,
	'GET /v1/vehicles',
	'GET /v1/users',
	'GET /v1/assets',
	'GET /v2/driver_performance_events',
	'GET /v1/speeding_events',
	'GET image',
	'GET video',
];

const isOf = (routes: readonly Route[], route: string): boolean =>
	routes.some((each) => each === route);

/** One thing in so many meets trouble, at one of its first requests. */
const TROUBLE_ONE_IN = 3;
const TROUBLE_WITHIN = 3;

const outage: readonly Fault[] = [
	{ answer: error(500) },
	{ answer: html(502) },
	{ connection: 'reset', effect: false },
];

/**
 * A Motive that is rough, and harmless: it tells everything in one of the shapes that clients have to read alike, and
 * fails once here and there where asking again is all it takes. The same seed is rough in the same way, in whatever
 * order requests about different things come.
 */
export class Rough implements Profile {
	private readonly counts = new Map<string, number>();
	private late = lateLinks();

	constructor(private readonly seed: string) {}

	next(subject: Subject): { manner: Fault; trouble: Fault | undefined } {
		const thing = [subject.route, subject.path, subject.device, ...subject.positions].join(' ');
		const nth = (this.counts.get(thing) ?? 0) + 1;
		this.counts.set(thing, nth);
		return {
			manner: this.manner(subject, thing, nth),
			trouble: this.trouble(subject, thing, nth),
		};
	}

	restart(): void {
		this.counts.clear();
		this.late = lateLinks();
	}

	private manner({ route, host }: Subject, thing: string, nth: number): Fault {
		// Pages of a list must fit together, and a file is the same every time.
		const always = this.chooser(thing);
		const thisTime = this.chooser(`${thing} ${nth}`);
		if (host === 'images') return { answer: fileManner(always) };
		if (isOf(starts, route)) return { answer: workManner(route, thisTime) };
		if (isOf(looks, route)) {
			const late = always('links', [asItIs, asItIs, this.late]);
			return { answer: all(late, filesManner(thisTime), workManner(route, thisTime)) };
		}
		if (isOf(lists, route)) return listManner(always);
		return isOf(records, route) ? { answer: recordManner(thisTime) } : {};
	}

	private trouble({ route }: Subject, thing: string, nth: number): Fault | undefined {
		const choose = this.chooser(thing);
		const isDue =
			isOf(troubled, route) &&
			choose('trouble', upTo(TROUBLE_ONE_IN)) === 1 &&
			choose('when', upTo(TROUBLE_WITHIN)) === nth;
		if (!isDue) return undefined;
		return choose('which', isOf(looks, route) ? [...Object.values(passing), ...outage] : outage);
	}

	private chooser(of: string): Choose {
		return (question, choices) => {
			const random = seedrandom([this.seed, of, question].join('/'));
			const choice = choices[Math.floor(random() * choices.length)];
			if (choice === undefined) throw new Error(`nothing to choose for ${question}`);
			return choice;
		};
	}
}

/** How a file is sent. */
function fileManner(choose: Choose): Edit {
	return all(
		choose('type', [asItIs, contentType('application/octet-stream'), contentType(undefined)]),
		choose('encoding', [asItIs, encoded('gzip')]),
	);
}

/** How the files of work are told of. */
function filesManner(choose: Choose): Edit {
	const nothing = choose('nothing yet', [asItIs, nilLinks, filesAs(undefined), filesAs(null)]);
	return all(
		whilePending(nothing),
		choose('cameras', [asItIs, listsAsMaps]),
		choose('images', [asItIs, listedImages]),
	);
}

/** How work is told of. */
function workManner(route: string, choose: Choose): Edit {
	const pending = ['pending', 'PENDING', 'Processing', 'queued', 'waiting for device'];
	const success = ['success', 'Success', 'completed', 'done'];
	const name = route.includes('image') ? 'image_capture' : 'video_recall_request';
	return all(
		choose('code', [asItIs, (truth) => (truth.status < 300 ? { ...truth, status: 200 } : truth)]),
		onceReady(fields({ status: choose('success', success) })),
		whilePending(fields({ status: choose('pending', pending) })),
		choose('ids', [asItIs, idsAsText]),
		choose('wrapper', [asItIs, wrapped('data'), wrapped(name)]),
		jsonManner(choose),
	);
}

/** How one record is told. */
function recordManner(choose: Choose): Edit {
	return all(
		choose('wrapper', [asItIs, bare]),
		choose('ids', [asItIs, idsAsText]),
		jsonManner(choose),
	);
}

/** How a list is told, and how much of it at a time. */
function listManner(choose: Choose): Fault {
	const per_page = choose('per page', ['', '25', '40']);
	return {
		...(per_page !== '' && { asked: { query: { per_page } } }),
		answer: all(
			choose('wrapper', [asItIs, flatRows]),
			choose('list', [asItIs, listsAsMaps]),
			choose('total', [asItIs, withoutTotal, totalAsText]),
			choose('ids', [asItIs, idsAsText]),
			jsonManner(choose),
		),
	};
}

function jsonManner(choose: Choose): Edit {
	return choose('type', [asItIs, asItIs, contentType('text/plain; charset=utf-8')]);
}

/** Work with this in place of its images or cameras. */
function filesAs(nothing: null | undefined): Edit {
	return edit((body) => ({ ...body, ['cameras' in body ? 'cameras' : 'images']: nothing }));
}

function upTo(count: number): number[] {
	return Array.from({ length: count }, (_, index) => index + 1);
}
