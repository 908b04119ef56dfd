/** An answer that is not made of entries or data: a handler returns it where mailcow prints something of its own. */
export class Raw {
  readonly body: string;
  readonly status: number;
  constructor(body: string, status = 200) {
    this.body = body;
    this.status = status;
  }
}
