export interface Config {
  waymark?: {
    /**
     * Whether deliveries of the sample company are shown, which never were; the
     * pages of delivery then say so. Laptop mode sets it.
     * @default false
     * @visibility frontend
     */
    sampleData?: boolean | string;
  };
}
