import type { IExecuteFunctions } from 'n8n-workflow';

import { readSimplify, simplifyField } from '../../parameters/listFields';
import { assetPicker, integrationField, readIntegrationName } from '../../parameters/pickers';
import { readPicked } from '../../parameters/readers';
import { assetsById, byId, lookUp, recordByExternalId, type Lookup } from '../../runs/lookUp';
import { readOperation } from '../../runs/read';
import { simplifyAsset } from './output';

/** An asset that is wanted. */
type WantedAsset = { id: number } | { lookup: Lookup };

/**
 * Gets one asset.
 *
 * @see https://developer-docs.gomotive.com/reference/lookup-an-asset-using-an-external-id
 */
export const getAsset = readOperation({
	text: {
		name: 'Get',
		action: 'Get asset',
		description: 'Fetch an asset by its ID or external ID',
	},
	fields: [
		assetPicker({ description: 'The asset to fetch', modes: ['list', 'id', 'externalId'] }),
		integrationField('assetId'),
		simplifyField,
	],
	read: (context, itemIndex) => ({
		wanted: readWanted(context, itemIndex),
		simplify: readSimplify(context, itemIndex),
	}),
	subject: ({ wanted }) => `asset with ${'id' in wanted ? byId(wanted.id) : wanted.lookup.by}`,
	connect(request) {
		const assetById = assetsById(request);
		return async ({ wanted, simplify }) => {
			const asset =
				'id' in wanted ? await assetById(wanted.id) : await lookUp(request, wanted.lookup);
			return [simplify ? simplifyAsset(asset) : asset];
		};
	},
});

function readWanted(context: IExecuteFunctions, itemIndex: number): WantedAsset {
	const value = context.getNodeParameter('assetId', itemIndex);
	const picked = readPicked(value, 'Asset', ['list', 'id', 'externalId']);
	if ('id' in picked) return picked;
	const integrationName = readIntegrationName(context, itemIndex);
	return { lookup: recordByExternalId('asset', picked.text, integrationName) };
}
