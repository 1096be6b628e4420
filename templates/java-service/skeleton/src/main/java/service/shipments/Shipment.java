package service.shipments;

import java.time.Instant;
import java.util.UUID;

/** What is on its way to a customer. */
record Shipment(
    UUID id,
    String orderReference,
    String country,
    String postcode,
    int weightGrams,
    Instant createdAt) {}
