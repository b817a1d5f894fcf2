import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import {
	deviceNamed,
	firstRequestId,
	from,
	IMAGE,
	LOOKUP,
	POLL,
	POST,
	useMotiveWorld,
	vehicleByNumber,
	withoutCameras,
} from './motive.mts';

const world = useMotiveWorld();

/** One thing that goes wrong while the front camera of T-118 is asked for a picture, and what the user reads then. */
interface Case {
	when: string;
	fault?: Fault;
	operation?: string;
	parameters?: INodeParameters;
	message: string;
	description?: string;
}

const order = 'image capture of vehicle 1040021, Front Facing';
const picture = 'dashcam image capture 90301 of T-118, Front Facing';
const ids = 'Fetch it later with Get: Request ID 90301, Camera Type Dashcam.';
const checkBaseUrl =
	'If this comes again, check the Base URL of the credential, which usually is https://api.gomotive.com.';
const notRepeated =
	'The connection broke or Motive failed before it confirmed. The request is not repeated, because that could take ' +
	'a second picture. Run the workflow anew to ask for a new one.';
const fetchLater =
	'The vehicle may be parked or out of reach, and Motive may still take the picture. To wait longer, raise ' +
	`Timeout (Seconds) in the options. ${ids}`;
const fetchAgain = `The picture is taken. ${ids}`;
const checkVehicle =
	'Check the vehicle or asset, and that the credential belongs to its company. A fleet number that has only digits goes ' +
	'under By Number.';

async function expectTexts({
	fault,
	operation = 'capture',
	parameters = {},
	message,
	description,
}: Case) {
	if (fault) world.simulator.faults.add(fault);
	const run = await world.run(operation, { ...from('T-118'), ...parameters });
	expect(run.status).toBe('error');
	expect({ message: run.error?.message, description: run.error?.description }).toEqual({
		message,
		description,
	});
}

describe('The user reads why a capture could not be started', () => {
	it.each<Case>([
		{
			when: 'the key is not accepted',
			fault: { on: POST, answer: answers.error(401, 'invalid API key') },
			message: `Motive did not accept the credential (${order})`,
			description:
				'Check the API key of the credential: it may be mistyped, switched off, or of another company. ' +
				'Keys are made in the Motive Dashboard under Admin → Developers. A key in test mode never changes anything, ' +
				'so whatever starts something needs a live key. Motive says: “invalid API key”',
		},
		{
			when: 'it is not allowed',
			fault: { on: POST, answer: answers.error(403, 'feature video_monitoring is off') },
			message: `Motive does not allow this (${order})`,
			description:
				'To take pictures, switch on Capture Trip Images in the Motive Dashboard under Admin → Safety → Cameras. ' +
				'With OAuth2 a scope may be missing; an API key has no scopes. Motive says: “feature video_monitoring is off”',
		},
		{
			when: 'Motive does not know the vehicle',
			parameters: { vehicleId: vehicleByNumber('T-999') },
			message: 'Motive has no vehicle with the number “T-999”',
			description: checkVehicle,
		},
		{
			when: 'Motive does not know the ID of the vehicle',
			parameters: { vehicleId: '1' },
			message: 'Motive did not find vehicle 1 or its Front Facing camera',
			description: `${checkVehicle} Motive says: “vehicle not found”`,
		},
		{
			when: 'the vehicle has no such camera',
			parameters: from(withoutCameras),
			message: `Motive refused the image capture of vehicle ${deviceNamed(withoutCameras).id}, Front Facing: ${withoutCameras} has no front_facing camera`,
			description:
				'The vehicle or asset may have no camera at this position, or none that takes pictures on demand. Choose other ' +
				'Positions, or All Cameras, which leaves out those that are not there.',
		},
		{
			when: 'the vehicle is deactivated',
			fault: { on: POST, answer: answers.error(422, 'vehicle is deactivated') },
			message: `Motive refused the ${order}: vehicle is deactivated`,
			description:
				'Activate it in the Motive Dashboard, or choose another one. Get Many has the filter Status for those in use.',
		},
		{
			when: 'it has no camera at all, and All Cameras is chosen',
			parameters: { ...from(withoutCameras), positions: ['all'] },
			message: `Motive refused every camera of vehicle ${deviceNamed(withoutCameras).id}: ${withoutCameras} has no front_facing camera`,
			description:
				'It may have no cameras, or none that take pictures on demand. The Motive Dashboard shows which it has.',
		},
		{
			when: 'the list in which a number is looked for is missing',
			fault: { on: 'GET /v1/vehicles', answer: { status: 404 } },
			parameters: { vehicleId: vehicleByNumber('T-000') },
			message: 'Motive has no list of vehicles',
			description:
				'Check the Base URL of the credential, which usually is https://api.gomotive.com. Motive says: “Not Found”',
		},
		{
			when: 'Motive gets too many requests all the time',
			fault: { on: POST, answer: answers.error(429) },
			message: `Too many requests for Motive right now (${order})`,
			description:
				'The node waited and tried again until its time was up. Raise Timeout (Seconds), or spread the work over ' +
				'more time. Motive says: “Too Many Requests”',
		},
		{
			when: 'Motive fails',
			fault: { on: POST, answer: answers.html(502) },
			message: `It is not known whether Motive started the ${order}`,
			description: `${notRepeated} The answer was a page: “502 Bad Gateway”`,
		},
		{
			when: 'the connection breaks',
			fault: { on: POST, connection: 'reset' },
			message: `It is not known whether Motive started the ${order}`,
			description: notRepeated,
		},
		{
			when: 'Motive does not answer',
			fault: { on: POST, connection: 'hang' },
			message: `It is not known whether Motive started the ${order}`,
			description: notRepeated,
		},
		{
			when: 'the API redirects',
			fault: { on: POST, answer: answers.redirect('https://elsewhere.example/') },
			message: `The Base URL leads to another address (${order})`,
			description:
				'Redirects are not followed because they would carry the key to another host. Set the Base URL of the credential ' +
				'to the API itself, usually https://api.gomotive.com.',
		},
		{
			when: 'a web page answers',
			fault: { on: POST, answer: answers.html(200) },
			message: `The answer does not come from the Motive API (${order})`,
			description: checkBaseUrl,
		},
		{
			when: 'the answer has no ID',
			fault: { on: POST, answer: answers.fields({ request_id: undefined }) },
			message: `The answer has no request ID (${order})`,
			description: checkBaseUrl,
		},
		{
			when: 'the vehicle number cannot be looked up',
			fault: { on: LOOKUP, answer: answers.error(503) },
			parameters: { vehicleId: vehicleByNumber('T-118') },
			message: 'Motive could not answer (HTTP 503, lookup of the vehicle or asset)',
			description:
				'This usually passes. Run the node again in a few minutes, or switch on Retry On Fail in its settings. ' +
				'Motive says: “Service Unavailable”',
		},
	])('when $when', expectTexts);
});

describe('The user reads why there is no picture', () => {
	it.each<Case>([
		{
			when: 'the time is up',
			fault: { on: POLL, answer: answers.fields({ status: 'pending', images: {} }) },
			message: `No picture after 180 seconds (${picture}, still pending)`,
			description: fetchLater,
		},
		{
			when: 'the time is up after a second',
			fault: { on: POLL, answer: answers.fields({ status: 'pending', images: {} }) },
			parameters: { options: { timeout: 1 } },
			message: `No picture after 1 second (${picture}, still pending)`,
			description: fetchLater,
		},
		{
			when: 'Motive did not answer any more',
			fault: { on: POLL, answer: answers.error(503) },
			message: `No picture after 180 seconds, and Motive did not answer the last request (${picture}, still pending)`,
			description: fetchLater,
		},
		{
			when: 'Motive could not take it',
			fault: { on: POLL, answer: answers.failed() },
			message: `Motive could not take the picture (${picture})`,
			description:
				'Motive’s status is “failed”. The camera may be switched off, covered or not connected. ' +
				'Start a new capture later.',
		},
		{
			when: 'Motive forgot the capture',
			fault: { on: POLL, answer: answers.error(404, 'image capture not found') },
			message: `Motive has no ${picture}`,
			description:
				'Motive had it before and has lost it. Start a new one. Motive says: “image capture not found”',
		},
		{
			when: 'the image host refuses its address',
			fault: { on: IMAGE, answer: answers.error(403) },
			message: `The host of the picture answered HTTP 403 (${picture})`,
			description: fetchAgain,
		},
		{
			when: 'the download always breaks off',
			fault: { on: IMAGE, connection: 'cut' },
			message: `The connection broke during the download (${picture})`,
			description: fetchAgain,
		},
		{
			when: 'it is empty',
			fault: { on: IMAGE, answer: answers.content('', 'image/jpeg') },
			message: `The picture arrived empty (${picture})`,
			description: fetchAgain,
		},
		{
			when: 'a web page comes instead',
			fault: { on: IMAGE, answer: answers.html(200) },
			message: `What arrived is not a picture (${picture})`,
			description: fetchAgain,
		},
		{
			when: 'the ID does not belong to this kind of camera',
			operation: 'get',
			parameters: { requestId: firstRequestId, cameraType: 'omnicam' },
			message: 'Motive has no omnicam image capture 90301',
			description:
				'Request ID and Camera Type must be the pair that Motive gave when the capture was started, and the credential must ' +
				'belong to the same company. Motive says: “image capture not found”',
		},
	])('when $when', expectTexts);
});

describe('The user reads which vehicle it is about', () => {
	const { id } = deviceNamed(withoutCameras);
	const list = { __rl: true, mode: 'list', value: String(id) };
	const fields = `: ${withoutCameras} has no front_facing camera`;
	it.each([
		['by the number that was looked up', vehicleByNumber(withoutCameras), withoutCameras],
		[
			'by the number that the list showed',
			{ ...list, cachedResultName: `${withoutCameras} · 2021 Kenworth T680` },
			withoutCameras,
		],
		['by its ID where no more is known', list, `vehicle ${id}`],
	])('%s', async (_, vehicleId, name) => {
		const run = await world.run('capture', { vehicleId });
		expect(run.error?.message).toBe(
			`Motive refused the image capture of ${name}, Front Facing${fields}`,
		);
	});
});

it('The user reads that nothing can be reached', async () => {
	const credentials = { motiveApi: { apiKey: 'key', baseUrl: 'http://127.0.0.1:9' } };
	const run = await world.run(
		'get',
		{ requestId: firstRequestId, options: { timeout: 5 } },
		{ credentials },
	);
	expect(run.error).toMatchObject({
		message: 'The server refused the connection: ECONNREFUSED (image capture 90301)',
		description:
			'Nothing was sent to it. Check the Base URL of the credential, and how n8n gets to the internet: its network, its ' +
			'proxy, the certificates that it trusts, and the addresses that its administrator allows.',
	});
});
