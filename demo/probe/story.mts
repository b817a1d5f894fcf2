/** What the probe does, from the key to the last refusal. It takes one picture and writes nothing. */
import {
	CAPTURE_FORMS,
	isAboutForm,
	type CaptureTarget,
} from '../../nodes/Motive/motive/captureForms.ts';
import { parseImageCapture, type ImageCapture } from '../../nodes/Motive/motive/imageCapture.ts';
import { isObject, type JsonObject } from '../../nodes/Motive/motive/json.ts';
import { VEHICLES } from '../../nodes/Motive/motive/lists.ts';
import {
	parseEntries,
	parseInteger,
	parseText,
	unwrapEntry,
} from '../../nodes/Motive/motive/parse.ts';
import { positionName, VEHICLE_POSITIONS } from '../../nodes/Motive/motive/positions.ts';
import type { Clock } from '../../nodes/Motive/polling/clock.ts';
import { parseRefusal } from '../../nodes/Motive/transport/parseFailure.ts';
import type { Api, Exchange, Fetched } from './api.mts';
import * as requests from './requests.mts';
import { CannotGoOn, type Person } from './terminal.mts';

/** What the probe works with. */
export interface ProbeWorld {
	api: Api;
	clock: Clock;
	person: Person;
	signal: AbortSignal;
}

/** What the probe has seen. */
export interface Findings {
	/** The starts, one for each form that was tried. */
	starts: Exchange[];
	/** Number of the form that was taken, from 1 on. */
	form?: number;
	/** The capture as its start was answered, where that could be read. */
	capture?: ImageCapture;
	/** How the capture stood, from right after its start on. */
	looks: Exchange[];
	/** The last look once the picture had been fetched: it may have a new link. */
	lastLook?: Exchange;
	picture?: Fetched;
	/** Requests that must be refused. */
	refusals: Array<{ title: string; exchange: Exchange }>;
	/** What the vehicle is called. */
	number: string;
}

const INTERVAL_MS = 3_000;
const LONGEST_WAIT_MS = 300_000;

/** Statuses of HTTP with which a later look may go better. */
const PASSING = [404, 408, 409, 423, 425, 429];

/**
 * Asks its questions and sends its requests.
 *
 * @returns undefined where the person does not want a picture to be taken
 * @throws CannotGoOn with words for the person; the reason of the signal once it is aborted
 */
export async function probe(world: ProbeWorld): Promise<Findings | undefined> {
	const { person } = world;
	await checkKey(world);
	const target = await chooseTarget(world);
	if (!(await isAgreed(person, target))) return undefined;

	const number = await target.name();
	const findings: Findings = { starts: [], looks: [], refusals: [], number };
	await start(world, target, findings);
	const capture = findings.capture && (await wait(world, findings.capture, findings));
	const [image] = capture?.images ?? [];
	if (capture && image) {
		const picture = await world.api.fetchFile(image.url);
		person.say(picture ? `Fetched ${picture.bytes} bytes.` : 'The picture could not be fetched.');
		if (picture) findings.picture = picture;
		findings.lastLook = await world.api.send(requests.lookAt(capture));
	}
	await collectRefusals(world, target, findings);
	return findings;
}

async function checkKey({ api, person }: ProbeWorld): Promise<void> {
	const { answer, trouble } = await api.send(requests.checkKey);
	if (!answer) throw new CannotGoOn(`Motive could not be reached (${trouble ?? ''}).`);
	if (answer.status !== 200)
		throw new CannotGoOn(`Motive did not accept the key (HTTP ${answer.status}).`);
	person.say('Motive accepts the key.');
}

async function chooseTarget({ api, person }: ProbeWorld): Promise<CaptureTarget> {
	const { answer } = await api.send(requests.listVehicles);
	const body = isObject(answer?.body) ? answer.body : {};
	const known = parseEntries(body, VEHICLES.plural).flatMap(({ value }) => vehicleIn(value));
	if (known.length > 0)
		person.say(`\nVehicles: ${known.map(({ number }) => number).join(', ')}, ...`);
	const wanted = (await person.ask('Number of a vehicle that is running: ')).trim();
	const vehicle = known.find(({ number }) => number === wanted) ?? (await findVehicle(api, wanted));
	if (!vehicle) throw new CannotGoOn('Motive has no such vehicle.');

	person.say(`\nCameras: ${VEHICLE_POSITIONS.join(', ')}`);
	const typed = (await person.ask(`Camera [${VEHICLE_POSITIONS[0]}]: `)).trim();
	const position = VEHICLE_POSITIONS.find((each) => each === (typed || VEHICLE_POSITIONS[0]));
	if (!position) throw new CannotGoOn('There is no such camera.');
	return { kind: 'vehicle', id: vehicle.id, position, name: async () => vehicle.number };
}

async function findVehicle(api: Api, wanted: string) {
	const { answer } = await api.send(requests.findVehicle(wanted));
	return isObject(answer?.body) ? vehicleIn(answer.body)[0] : undefined;
}

/** The vehicle in an entry of a list or in the answer to a lookup; none where it is none. */
function vehicleIn(entry: JsonObject): Array<{ id: number; number: string }> {
	const vehicle = unwrapEntry(entry, VEHICLES.singular);
	if (!isObject(vehicle)) return [];
	const [id, number] = [parseInteger(vehicle, 'id'), parseText(vehicle, 'number')];
	return id === null || number === null ? [] : [{ id, number }];
}

async function isAgreed(person: Person, target: CaptureTarget): Promise<boolean> {
	person.say(`
One picture will be taken with the camera ${positionName(target.position)} of ${await target.name()}.
Whether the driver is told is not known, and Motive may keep it. It is fetched once and not stored here.
The start is sent in up to ${CAPTURE_FORMS.length} forms until Motive takes one. Then come three requests that Motive
must refuse; they take no picture.`);
	return /^y(es)?$/i.test((await person.ask('Go on? [y/N] ')).trim());
}

/** Starts the capture in the first form that Motive takes; ends with any refusal that is not about the form. */
async function start(
	{ api, person }: ProbeWorld,
	target: CaptureTarget,
	findings: Findings,
): Promise<void> {
	for (const form of CAPTURE_FORMS.keys()) {
		const exchange = await api.send(await requests.startIn(form + 1, target));
		findings.starts.push(exchange);
		const { answer, trouble } = exchange;
		person.say(`Form ${form + 1}: ${answer ? `HTTP ${answer.status}` : (trouble ?? '')}`);
		if (!answer) return;
		if (answer.status < 300) {
			findings.form = form + 1;
			const capture = captureIn(exchange, target);
			if (capture) findings.capture = capture;
			return;
		}
		const { status, body } = answer;
		const refusal = parseRefusal({ status, body, headers: undefined }, [], exchange.at);
		if (!isAboutForm(refusal)) return;
	}
}

/** Looks at the capture until it is ready or has failed. */
async function wait(
	{ api, clock, person, signal }: ProbeWorld,
	started: ImageCapture,
	findings: Findings,
): Promise<ImageCapture | undefined> {
	const startedAt = clock.now();
	for (;;) {
		const exchange = await api.send(requests.lookAt(started));
		findings.looks.push(exchange);
		const seconds = Math.round((clock.now() - startedAt) / 1_000);
		const capture = captureIn(exchange, started);
		person.progress(`Waiting for the picture, ${seconds} s: ${capture?.status ?? 'no answer'}`);
		const status = exchange.answer?.status ?? 0;
		const isFinal = status >= 400 && status < 500 && !PASSING.includes(status);
		const isOver = isFinal || clock.now() - startedAt >= LONGEST_WAIT_MS;
		if (isOver || capture?.state === 'ready' || capture?.state === 'failed') {
			person.progress('');
			person.say(`After ${seconds} s: ${capture?.state ?? `HTTP ${status}`}.`);
			return capture;
		}
		await clock.sleep(INTERVAL_MS, signal);
	}
}

async function collectRefusals(
	{ api, person }: ProbeWorld,
	target: CaptureTarget,
	{ capture, form, refusals }: Findings,
): Promise<void> {
	person.say('Three requests that Motive must refuse ...');
	const wrong = {
		...(capture && { 'The wrong camera type': requests.lookAtOther(capture) }),
		'An ID that does not exist': requests.lookAtNone(),
		...(form && { 'A position that does not exist': await requests.startNowhere(form, target) }),
	};
	for (const [title, request] of Object.entries(wrong))
		refusals.push({ title, exchange: await api.send(request) });
}

/** The capture in an answer, if it is one. */
export function captureIn(
	{ answer }: Exchange,
	asked: Pick<CaptureTarget, 'position'> | ImageCapture,
): ImageCapture | undefined {
	if (!answer || answer.status >= 300) return undefined;
	try {
		return parseImageCapture(answer.body, asked);
	} catch {
		return undefined;
	}
}
