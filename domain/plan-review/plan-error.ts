/** What was read is no plan that can be reviewed. Its message holds no value of it. */
export class PlanError extends Error {
  readonly code = "ERR_PLAN";

  constructor(message: string) {
    super(message);
    this.name = "PlanError";
  }
}
