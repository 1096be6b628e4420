package service.shipments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps shipments in PostgreSQL. */
@Repository
class PostgresShipmentStore implements ShipmentStore {
  private final JdbcClient jdbc;

  PostgresShipmentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean add(Shipment shipment) {
    return jdbc.sql(
                """
                INSERT INTO shipments
                  (id, order_reference, country, postcode, weight_grams, created_at)
                VALUES (:id, :orderReference, :country, :postcode, :weightGrams, :createdAt)
                ON CONFLICT (order_reference) DO NOTHING
                """)
            .param("id", shipment.id())
            .param("orderReference", shipment.orderReference())
            .param("country", shipment.country())
            .param("postcode", shipment.postcode())
            .param("weightGrams", shipment.weightGrams())
            .param("createdAt", shipment.createdAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Override
  public Optional<Shipment> find(UUID id) {
    return jdbc.sql("SELECT * FROM shipments WHERE id = :id")
        .param("id", id)
        .query(PostgresShipmentStore::read)
        .optional();
  }

  @Override
  public List<Shipment> list(@Nullable UUID after, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM shipments
            WHERE :after::uuid IS NULL
              OR (created_at, id) > (SELECT created_at, id FROM shipments WHERE id = :after)
            ORDER BY created_at, id
            LIMIT :limit
            """)
        .param("after", after)
        .param("limit", limit)
        .query(PostgresShipmentStore::read)
        .list();
  }

  private static Shipment read(ResultSet row, int index) throws SQLException {
    return new Shipment(
        row.getObject("id", UUID.class),
        row.getString("order_reference"),
        row.getString("country"),
        row.getString("postcode"),
        row.getInt("weight_grams"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
