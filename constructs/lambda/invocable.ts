/** Something of Lambda's that can be called: a function, or an alias of one. */
export interface IInvocable {
  readonly functionName: string;
  /** The alias's name; absent for the function itself. */
  readonly qualifier?: string;
  /** The ARN to call, qualified where there is an alias. */
  readonly functionArn: string;
}
