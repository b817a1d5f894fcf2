import { CAPTURE_FORMS, type CaptureTarget } from '../../nodes/Motive/motive/captureForms.ts';
import type { ProbeRequest } from './api.mts';
import * as requests from './requests.mts';

/** Stands for whatever is chosen and answered. */
const TARGET: CaptureTarget = {
	kind: 'vehicle',
	id: 1040021,
	position: 'front_facing',
	name: async () => 'T-118',
};
const CAPTURE = { cameraType: 'dashcam', requestId: 90312 };

/** What the probe would send, as text, for a vehicle that is made up. */
export async function dryRun(): Promise<string> {
	const starts = await Promise.all(
		[...CAPTURE_FORMS.keys()].map(async (form) => await requests.startIn(form + 1, TARGET)),
	);
	const parts: Array<[title: string, sent: ProbeRequest[]]> = [
		['Does Motive take the key?', [requests.checkKey]],
		[
			'Which vehicles are there? Is one of this number among the others?',
			[requests.listVehicles, requests.findVehicle(await TARGET.name())],
		],
		['One picture, in the first of these forms that Motive takes', starts],
		[
			'Every three seconds until the picture is there, and once after it was fetched',
			[requests.lookAt(CAPTURE)],
		],
		[
			'What Motive must refuse: the wrong camera type, an ID and a position that do not exist',
			[
				requests.lookAtOther(CAPTURE),
				requests.lookAtNone(),
				await requests.startNowhere(1, TARGET),
			],
		],
	];
	return parts.map(([title, sent]) => [title, ...sent.map(lineOf)].join('\n  ')).join('\n\n');
}

function lineOf({ method, path, query, body }: ProbeRequest): string {
	const parameters = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value}`);
	const address = [path, ...(parameters.length > 0 ? [parameters.join('&')] : [])].join('?');
	return [method, address, ...(body ? [JSON.stringify(body)] : [])].join(' ');
}
