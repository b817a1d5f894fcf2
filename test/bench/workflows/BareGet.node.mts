import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** As many requests at a time as our node has at most. */
const CONCURRENCY = 10;

/**
 * The least that a node of n8n can do to get captures: for each item one authenticated request through n8n's own helper,
 * with a credential that is read once. What this takes is not the package's to save.
 */
export class BareGet implements INodeType {
	readonly description: INodeTypeDescription = {
		displayName: 'Bare Get',
		name: 'bareGet',
		group: ['transform'],
		version: 1,
		description: 'Gets captures, and nothing else',
		defaults: { name: 'Bare Get' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'motiveApi', required: true }],
		properties: [{ displayName: 'Request ID', name: 'requestId', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const output: INodeExecutionData[] = [];
		const data = await this.getCredentials('motiveApi');
		const baseUrl = data['baseUrl'] as string;
		const known = {
			credentialsDecrypted: { id: '', name: 'motiveApi', type: 'motiveApi', data },
		};
		let next = 0;
		const work = async (): Promise<void> => {
			while (next < items.length) {
				const itemIndex = next++;
				const requestId = this.getNodeParameter('requestId', itemIndex) as number;
				const url = `${baseUrl}/v1/image_captures/dashcam/${requestId}`;
				const json = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					'motiveApi',
					{ url, json: true },
					known,
				)) as IDataObject;
				output[itemIndex] = { json, pairedItem: itemIndex };
			}
		};
		await Promise.all(Array.from({ length: CONCURRENCY }, work));
		return [output];
	}
}
