export interface Config {
  waymark?: {
    egress?: {
      /**
       * Hosts that the backend may call although they are on this machine, on
       * the local link, a cloud's metadata service or in `deny`: `host` for
       * every port, or `host:port`. Addresses that the configuration names
       * elsewhere need not be listed again.
       * @default []
       */
      allow?: string[];
      /**
       * Further address ranges that the backend may not call, in CIDR notation
       * such as `10.0.0.0/8`. Hosts that the configuration names may be called
       * all the same.
       * @default []
       */
      deny?: string[];
    };
  };
}
