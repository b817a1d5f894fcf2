import type { Logger } from 'n8n-workflow';

import { CAMERA_TYPES, type ImageCapture } from '../../motive/imageCapture';
import { KNOWN_STATUSES, wordOf } from '../../motive/jobAnswer';
import { RECALL_POSITIONS } from '../../motive/positions';

const KNOWN_WORDS: ReadonlySet<string> = new Set([
	'',
	...KNOWN_STATUSES,
	...CAMERA_TYPES,
	...RECALL_POSITIONS,
]);

/** What this process has reported. */
const reported = new Set<string>();

/**
 * Logs words of Motive's that nobody has thought of, each once per process, so that they can be reported. What is no
 * plain word is left out: it might name a vehicle.
 */
export function reportNewWords(
	{ status, cameraType, position }: Pick<ImageCapture, 'status' | 'cameraType' | 'position'>,
	logger: Pick<Logger, 'info'>,
): void {
	for (const [what, text] of Object.entries({ status, 'camera type': cameraType, position })) {
		const word = wordOf(text);
		if (KNOWN_WORDS.has(word) || !/^[a-z_]{1,40}\d{0,2}$/.test(word)) continue;
		const message = `Motive used a ${what} that this node does not know: “${text.trim()}”. Please report this, so that the next version of the node knows it.`;
		if (!reported.has(message)) logger.info(message);
		reported.add(message);
	}
}
