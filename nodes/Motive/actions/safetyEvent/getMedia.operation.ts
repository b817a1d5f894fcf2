import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../runs/operation';
import { readMoment } from '../../parameters/readMoment';
import { BadInput, readList, readWholeNumber } from '../../parameters/readers';
import { readWait, waitFields } from '../../parameters/waitFields';
import { readWorkOptions, type OptionWords } from '../../parameters/options';
import { runEventMedia, type EventMediaInput } from './mediaWork';

const MEDIA_WORDS: OptionWords = {
	file: 'file',
	files: 'pictures and videos',
	title: 'Media',
	timeout: 900,
	pollInterval: 30,
};

const TYPES = ['image', 'video'] as const;

/**
 * Fetches the pictures and videos that the dashcam kept of a safety event.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export const getMedia: Operation = {
	option: {
		name: 'Get Media',
		action: 'Get media of safety event',
		description: 'Download the pictures and videos that the dashcam kept of an event',
	},
	description: [
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 3328319',
			description: 'ID of the safety event, as the trigger or Get Many gives it',
		},
		{
			displayName: 'Event Time',
			name: 'eventTime',
			type: 'dateTime',
			default: '',
			required: true,
			description:
				'When the event began, as the trigger or Get Many gives it. Motive finds events by their day.',
		},
		{
			displayName: 'Media Types',
			name: 'mediaTypes',
			type: 'multiOptions',
			options: [
				{ name: 'Images', value: 'image', description: 'Stills, where the dashcam made some' },
				{
					name: 'Videos',
					value: 'video',
					description: 'What each camera recorded around the event',
				},
			],
			default: ['image', 'video'],
			required: true,
			description: 'What to fetch',
		},
		...waitFields(
			MEDIA_WORDS,
			'Dashcams upload when they have a connection, mostly within some minutes',
			['vehicleId'],
		),
	],
	execute: async (context) =>
		await runEventMedia(context, (itemIndex) => readInput(context, itemIndex)),
};

function readInput(context: IExecuteFunctions, itemIndex: number): EventMediaInput {
	const { vehicleId } = context.getNodeParameter('options', itemIndex, {});
	const isGiven = vehicleId !== undefined && vehicleId !== '' && vehicleId !== null;
	return {
		question: {
			id: readWholeNumber(context.getNodeParameter('eventId', itemIndex), 'Event ID'),
			time: readMoment(
				context.getNodeParameter('eventTime', itemIndex),
				'Event Time',
				context.getTimezone(),
			),
			...(isGiven && { vehicleId: readWholeNumber(vehicleId, 'Vehicle ID') }),
		},
		types: readTypes(context.getNodeParameter('mediaTypes', itemIndex, [...TYPES])),
		...readWait(context, itemIndex, MEDIA_WORDS),
		options: readWorkOptions(context, itemIndex, MEDIA_WORDS),
	};
}

function readTypes(value: unknown): EventMediaInput['types'] {
	const names = readList(value);
	const types = TYPES.filter((type) => names.includes(type));
	if (types.length === 0 || types.length < names.length) {
		throw new BadInput(`Media Types must be some of: ${TYPES.join(', ')}`);
	}
	return types;
}
