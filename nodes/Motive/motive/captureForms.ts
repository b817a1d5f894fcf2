import { MotiveFailure } from './failure';
import type { JsonObject } from './json';

/** What a request that starts a capture is about. */
export interface CaptureTarget {
	kind: 'vehicle' | 'asset';
	id: number;
	position: string;
	/** Looks up the fleet number of the vehicle or the name of the asset, which only some forms need. */
	name: () => Promise<string>;
}

/** One of the forms that the body of `POST /v1/image_captures` may have. */
export type CaptureForm = (target: CaptureTarget) => Promise<JsonObject>;

/**
 * The forms that the body of `POST /v1/image_captures` may have, likeliest first. Motive has not published the names of
 * its fields; these follow from its answers, and from the sibling endpoint of video recalls.
 *
 * @see https://developer-docs.gomotive.com/reference/begin-image-capture
 */
export const CAPTURE_FORMS: readonly CaptureForm[] = [
	async ({ kind, id, position }) => ({ [`${kind}_id`]: id, position }),
	async ({ kind, name, position }) => ({ [nameField(kind)]: await name(), position }),
	async ({ kind, id, position }) => ({ [`${kind}_id`]: id, camera_position: position }),
	async ({ kind, name, position }) => ({
		[nameField(kind)]: await name(),
		camera_positions: [position],
	}),
	async ({ kind, id, position }) => ({ [`${kind}_id`]: id, camera_positions: [position] }),
];

/** Fields that no sentence has by chance (`position` is a word of its own), and words for parts of a request. */
const FIELDS =
	/\b(vehicle_id|vehicle_number|asset_id|asset_name|camera_positions?|param(eter)?s?|attributes?|fields?|propert(y|ies)|payload)\b/i;

/** What services say of a field that is not there, or that they do not know. */
const COMPLAINTS =
	/missing|required|blank|\bempty\b|unknown (?!error|vehicle|asset|device)|not permitted|unexpected|unrecognized|must be (present|filled)|must exist|malformed|invalid request/i;

/** What is said of cameras, vehicles, features and accounts, whatever fields are named along with it. */
const TRUTHS =
	/not available|unavailable|offline|not (installed|connected|enabled|found|equipped)|disabled|does not (exist|support)|\bno\b[^.;]*cam(era)?s?\b|not supported (by|for|on)|powered|ignition|engine|feature|video_monitoring|subscription|permission|quota|limit/i;

/**
 * Whether Motive refused a request because of its form: such a refusal had no effect, and another form may be right.
 * A refusal about the vehicle, its cameras or the company would be the same in every form.
 */
export function isAboutForm(failure: unknown): failure is MotiveFailure {
	if (!(failure instanceof MotiveFailure)) return false;
	const { status, serviceText = '' } = failure.facts;
	if (status !== 400 && status !== 422) return false;
	return !TRUTHS.test(serviceText) && (FIELDS.test(serviceText) || COMPLAINTS.test(serviceText));
}

function nameField(kind: CaptureTarget['kind']): string {
	return kind === 'vehicle' ? 'vehicle_number' : 'asset_name';
}
