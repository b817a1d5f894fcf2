import { error, text, type Answer, type JsonObject } from './answers.mts';
import { isPosition, positions, type Device, type Position } from './fleet.mts';

/** How the name of a field says that it is of this kind. */
type Source = 'id' | 'name';

/**
 * The forms that the body of a start may have: whether vehicle and asset are given by id or by name, and the field with
 * the camera. Which one Motive takes is not published.
 */
const forms = {
	1: { source: 'id', camera: 'position' },
	2: { source: 'name', camera: 'position' },
	3: { source: 'id', camera: 'camera_position' },
	4: { source: 'name', camera: 'camera_positions' },
	5: { source: 'id', camera: 'camera_positions' },
} as const satisfies Record<number, { source: Source; camera: string }>;

const sourceFields = {
	id: { vehicle: 'vehicle_id', asset: 'asset_id' },
	name: { vehicle: 'vehicle_number', asset: 'asset_name' },
} as const;

/** Every field that one of the forms has. */
const known = [
	'vehicle_id',
	'asset_id',
	'vehicle_number',
	'asset_name',
	'position',
	'camera_position',
	'camera_positions',
];

/** Which starts are taken; a test may set it. */
export interface StartSettings {
	/** The form that is taken. */
	form: keyof typeof forms;
	/** How other forms are refused: in the words of Motive's other routes, or as some framework does. */
	refusal: 'motive' | 'rails' | 'grape' | 'jsonApi' | 'plain';
}

/** The first form, as everybody guesses. */
export const usualStarts: StartSettings = { form: 1, refusal: 'motive' };

/** Reads a start in the form that is taken: which picture is wanted, or why it is refused. */
export function readStart(
	body: JsonObject,
	{ form, refusal }: StartSettings,
	fleet: readonly Device[],
): { device: Device; position: Position } | Answer {
	const { source, camera } = forms[form];
	const fields = sourceFields[source];
	const given = Object.keys(body).filter((name) => known.includes(name));
	const kind = given.some((name) => name.startsWith('asset')) ? 'asset' : 'vehicle';
	const wanted: string[] = [fields[kind], camera];
	const missing = wanted.filter((name) => body[name] === undefined);
	const isOfTwo = Object.values(fields).every((name) => body[name] !== undefined);
	if (missing.length > 0 || isOfTwo) {
		const strange = given.filter((name) => !wanted.includes(name));
		return refusals[refusal](missing, strange, Object.values(fields));
	}
	const position = cameraIn(body[camera], camera);
	if (position === undefined) return error(400, `${camera} must be one of ${positions.join(', ')}`);
	const device = fleet.find((each) => each.kind === kind && each[source] === body[fields[kind]]);
	return device ? { device, position } : error(404, `${kind} not found`);
}

/** The camera in a field that is a text or, under the name of several, a list of one. */
function cameraIn(value: unknown, field: string): Position | undefined {
	if (field !== 'camera_positions') return isPosition(value) ? value : undefined;
	const list: unknown[] = Array.isArray(value) ? value : [];
	return list.length === 1 && isPosition(list[0]) ? list[0] : undefined;
}

/** How a form is refused, from the fields that are missing, those that are not known, and those that name the source. */
const refusals: Record<
	StartSettings['refusal'],
	(missing: string[], strange: string[], sources: readonly string[]) => Answer
> = {
	motive: (missing, _, sources) =>
		missing.length === 0 || missing.some((name) => sources.includes(name))
			? error(400, `exactly one of ${sources.join(' and ')} is required`)
			: error(400, `${missing.join(', ')} must be one of ${positions.join(', ')}`),
	rails: ([missing], [strange]) =>
		missing === undefined
			? error(400, `found unpermitted parameter: :${strange ?? ''}`)
			: error(400, `param is missing or the value is empty: ${missing}`),
	grape: (missing, strange) => ({
		status: 400,
		headers: {},
		body: {
			error: [
				...missing.map((name) => `${name} is missing`),
				...(missing.length === 0 ? strange.map((name) => `${name} is invalid`) : []),
			].join(', '),
		},
	}),
	jsonApi: (missing, strange) => ({
		status: 422,
		headers: { 'content-type': 'application/vnd.api+json' },
		body: {
			errors: [
				...missing.map((field) => ({ field, message: "can't be blank" })),
				...strange.map((field) => ({ field, message: 'is not permitted' })),
			],
		},
	}),
	plain: ([missing], [strange]) =>
		text(
			400,
			strange === undefined
				? `missing parameter: ${missing ?? ''}`
				: `unpermitted parameter: ${strange}`,
		),
};
