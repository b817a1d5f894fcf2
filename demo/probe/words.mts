/** The words that a report may have: none of them says anything about a fleet. */
import { CAMERA_TYPES } from '../../nodes/Motive/motive/imageCapture.ts';
import { KNOWN_STATUSES } from '../../nodes/Motive/motive/jobAnswer.ts';
import { RECALL_POSITIONS } from '../../nodes/Motive/motive/positions.ts';
import { TEXT_KEYS } from '../../nodes/Motive/transport/parseFailure.ts';

/** Fields that start a capture, or may. */
const REQUEST_FIELDS =
	'vehicle_id vehicle_number asset_id asset_name position camera_position camera_positions';

const ANSWER_FIELDS =
	'request_id camera_type status images image image_capture url expires_at vehicle asset id number name field code success reason failure_reason created_at updated_at captured_at requested_at';

/** What refusals are made of. */
const REFUSAL_WORDS = `
	a about access account active admin again all allowed already an and any api are at attribute available bad be been blank body
	by camera cameras can can't cannot capture captures company could deactivated denied device disabled do does doesn't empty enable
	enabled exactly exist exists failed feature fields for forbidden found from given has have id ids in inactive invalid is isn't
	it key limit live malformed many match missing mode must no not null of off offline on one only or out param parameter
	parameters params payload pending permission permitted plan please present property provided quota rate request requests required
	scope server set should specified subscription supported system than that the this to token too trip try type unauthorized
	unavailable unexpected unknown unpermitted unprocessable unrecognized unsupported valid value vehicles video_monitoring was
	with your entity internal no_such_position`;

const MISCELLANEOUS = 'nil';

const listOf = (text: string): string[] => text.trim().split(/\s+/);

/** Every word that is known to be one of the API, or of the language, in lower case. */
export const KNOWN_WORDS: ReadonlySet<string> = new Set([
	...KNOWN_STATUSES,
	...CAMERA_TYPES,
	...RECALL_POSITIONS,
	...TEXT_KEYS,
	...[REQUEST_FIELDS, ANSWER_FIELDS, REFUSAL_WORDS, MISCELLANEOUS].flatMap(listOf),
]);
