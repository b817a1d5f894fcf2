import { Hash } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import { asError } from '../../motive/failure';
import { parseEvent } from '../../motive/event';
import { baseNameOf } from '../../motive/text';
import { BadInput } from '../../parameters/badInput';
import type { Incident } from '../../report/report';
import type { StoredFile } from '../../transport/download';
import { stopSignal } from '../../transport/executionClock';
import type { ReportInput } from './parameters';
import type { FileOpener, ItemFile } from './views';

const MIME_TYPE = 'text/html';

/** Opens files of an input item. They are read bit by bit where n8n stores them outside of the item. */
export function fileOpener(context: IExecuteFunctions, itemIndex: number): FileOpener {
	return (file) => () => readFile(context, itemIndex, file);
}

async function* readFile(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	{ field, file }: ItemFile,
): AsyncGenerator<Uint8Array> {
	try {
		if (file.id === undefined) yield await helpers.getBinaryDataBuffer(itemIndex, field);
		else yield* (await helpers.getBinaryStream(file.id)) as AsyncIterable<Uint8Array>;
	} catch (error) {
		throw unreadable(field, asError(error));
	}
}

function unreadable(field: string, { message }: Error): BadInput {
	return new BadInput(`The picture in the field “${field}” could not be read: ${message}`);
}

/** The name of a report: the user’s own, or what a person recognises, for example `T-118_hard_brake_3328319.html`. */
export function fileNameOf(
	{ title, fileName }: Pick<ReportInput, 'title' | 'fileName'>,
	incidents: readonly Incident[],
): string {
	const [only, ...others] = incidents;
	const { vehicle, type, id } = parseEvent((others.length === 0 && only?.event) || {});
	const source = only?.views.find((view) => view.source !== '')?.source ?? '';
	const base =
		fileName.replaceAll(/[\\/\p{Cc}]+/gu, '-') ||
		baseNameOf(vehicle.number ?? '', type ?? '', String(id ?? '')) ||
		baseNameOf(title, others.length === 0 ? source : '') ||
		'incident-report';
	return /\.html?$/i.test(base) ? base : `${base}.html`;
}

/**
 * Puts a report into n8n's storage while it is written.
 *
 * @throws what `text` throws, and AbortError when the execution is stopped
 */
export async function storeReport(
	context: IExecuteFunctions,
	fileName: string,
	text: AsyncIterable<string>,
): Promise<StoredFile> {
	const signal = stopSignal(context);
	let fileSize = 0;
	const bytes = async function* (): AsyncGenerator<Buffer> {
		for await (const part of text) {
			signal.throwIfAborted();
			const chunk = Buffer.from(part);
			fileSize += chunk.length;
			yield chunk;
		}
	};
	// Nodes may not import node:stream. But a hash is a stream as well, and its class inherits the way to make one.
	const stream = Hash.from(bytes());
	const binary = await context.helpers.prepareBinaryData(stream, fileName, MIME_TYPE);
	return { binary, fileName, mimeType: MIME_TYPE, fileSize };
}
