import type { IExecuteFunctions } from 'n8n-workflow';

import { readSimplify, simplifyField } from '../../parameters/listFields';
import { lookUp, recordByExternalId, type Lookup } from '../../runs/lookUp';
import type { Operation } from '../../runs/operation';
import { assetPicker, integrationField, readIntegrationName } from '../../parameters/pickers';
import { readPicked } from '../../parameters/readers';
import { runReads } from '../../runs/read';
import { assetsById, idInWords } from './assetsById';
import { simplifyAsset } from './simplifyAsset';

/** An asset to be fetched. */
type Wanted = { id: number } | { lookup: Lookup };

/**
 * Fetches one asset.
 *
 * @see https://developer-docs.gomotive.com/reference/lookup-an-asset-using-an-external-id
 */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get asset',
		description: 'Fetch an asset by its ID or external ID',
	},
	description: [
		assetPicker({ description: 'The asset to fetch', modes: ['list', 'id', 'externalId'] }),
		integrationField('assetId'),
		simplifyField,
	],
	execute: async (context) =>
		await runReads(context, {
			readItem: (_, itemIndex) => ({
				wanted: readWanted(context, itemIndex),
				simplify: readSimplify(context, itemIndex),
			}),
			subjectOf: ({ wanted }) =>
				`asset with ${'id' in wanted ? idInWords(wanted.id) : wanted.lookup.by}`,
			connect(read) {
				const byId = assetsById(read);
				return async ({ wanted, simplify }) => {
					const asset = 'id' in wanted ? await byId(wanted.id) : await lookUp(read, wanted.lookup);
					return [simplify ? simplifyAsset(asset) : asset];
				};
			},
		}),
};

function readWanted(context: IExecuteFunctions, itemIndex: number): Wanted {
	const picked = readPicked(context.getNodeParameter('assetId', itemIndex), 'Asset', [
		'list',
		'id',
		'externalId',
	]);
	if ('id' in picked) return picked;
	return {
		lookup: recordByExternalId('asset', picked.text, readIntegrationName(context, itemIndex)),
	};
}
