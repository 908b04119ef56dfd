import { Collection } from "../../core/collection.ts";
import type { CallOptions } from "../../core/options.ts";
import { MailcowReplyError } from "../../errors.ts";
import * as routes from "../../generated/routes/status.ts";
import type * as types from "../../generated/types/status.ts";

export type * from "../../generated/types/status.ts";

/** The status of the server. */
export class Status extends Collection {
  /**
   * Lists the containers of mailcow, including stopped ones.
   *
   * @see GET /api/v1/get/status/containers
   */
  async containers(options?: CallOptions): Promise<types.Container[]> {
    return Object.values((await this.call(routes.getStatusContainers, {}, options)) ?? {}).map((row) =>
      figures(row, "container"),
    );
  }

  /**
   * Returns what a container uses: up to three samples from Docker, oldest first.
   *
   * @param id - Its full Docker id, 64 hexadecimal digits. No route of mailcow returns it. With anything else, such as
   * the name of a service, the server would hang for a minute.
   * @throws {MailcowReplyError} There are no samples, for example because the container is not running.
   * @see GET /api/v1/get/status/container/{container}
   */
  async container(id: string, options?: CallOptions): Promise<types.ContainerSample[]> {
    const samples = figures(await this.call(routes.getStatusContainer, { container: id }, options));
    return samples.map((sample) => figures(sample, "read"));
  }

  /**
   * Returns the state of the disk that stores mail. Sizes are texts such as `27G`, in powers of 1000; `null` while
   * Dovecot is stopped.
   *
   * @see GET /api/v1/get/status/vmail
   */
  async vmail(options?: CallOptions): Promise<types.MailStorage> {
    return this.call(routes.getStatusVmail, {}, options);
  }

  /**
   * Returns processors, memory (bytes) and uptime (seconds) of the host.
   *
   * @throws {MailcowReplyError} The server could not determine them.
   * @see GET /api/v1/get/status/host
   */
  async host(options?: CallOptions): Promise<types.Host> {
    return figures(await this.call(routes.getStatusHost, {}, options));
  }

  /**
   * Returns the public addresses of the server; `false` for an address that it does not have. The server asks a service
   * of mailcow's makers, which may take longer than `timeoutMs`.
   *
   * @see GET /api/v1/get/status/host/ip
   */
  async hostIp(options?: CallOptions): Promise<types.PublicAddresses> {
    return this.call(routes.getStatusHostIp, {}, options);
  }

  /**
   * Returns the version of mailcow, such as `2026-07a`.
   *
   * @see GET /api/v1/get/status/version
   */
  async version(options?: CallOptions): Promise<string> {
    const { version } = await this.call(routes.getStatusVersion, {}, options);
    if (typeof version !== "string")
      throw new MailcowReplyError("get/status/version: the server's answer has no version");
    return version;
  }

  /**
   * Returns how often rspamd took each action since its start, as pairs of name and number; `[]` if rspamd does not
   * answer.
   *
   * @see GET /api/v1/get/rspamd/actions
   */
  async rspamdActions(options?: CallOptions): Promise<types.RspamdActionCount[]> {
    return this.call(routes.getRspamdActions, {}, options);
  }
}

/** mailcow sends a sentence, or `false`, if its service that watches the containers does not answer. */
function figures<Data extends object>(data: Data | string | false, field?: keyof Data & string): Data {
  if (typeof data === "object" && data !== null && (field === undefined || Object.hasOwn(data, field))) return data;
  throw new MailcowReplyError(`mailcow has no figures: ${(typeof data === "string" && data) || "the answer is empty"}`);
}
