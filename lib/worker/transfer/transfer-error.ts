import type { TransferFault } from '../../transfer';

/** Why a transfer did not succeed. `where` names the entry and line at fault, for the details. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  readonly fault: TransferFault;
  readonly where: string | undefined;

  constructor(fault: TransferFault, where?: string, options?: ErrorOptions) {
    super(where ? `${fault}: ${where}` : fault, options);
    this.fault = fault;
    this.where = where;
  }
}
