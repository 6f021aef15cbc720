// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>

namespace desk {

// Entities of services that frame their events for a schema registry. With a suffix, topics are a test's own.
inline void writeMartEntities(const QString &folder, const QString &suffix = {})
{
    const auto write = [&](const char *name, QByteArray text) {
        QFile file(QDir(folder).filePath(QLatin1String(name)));
        file.open(QIODevice::WriteOnly);
        file.write(text.replace("-events", "-events" + suffix.toUtf8()));
    };
    write("mart_order.proto", R"(syntax = "proto3";
package mart;
import "catalog/options.proto";
enum Status {
  PENDING = 0;
  SHIPPED = 1;
  DELIVERED = 2;
}
message Order {
  option (catalog.entity) = {
    table: "mart_order" plural: "Orders" framing: CONFLUENT topics: { all: "order-events" }
  };
  int32 id = 1;
  int64 created_at = 2;
  int64 updated_at = 3;
  string username = 4;
  string email = 5 [(catalog.column) = { sensitive: true }];
  string product_name = 6;
  int32 quantity = 7;
  float price = 8 [(catalog.column) = { decimal: { precision: 9, scale: 2 } }];
  Status status = 9;
}
)");
    // Two messages in one file, and the second has a name that another entity has.
    write("mart_stock.proto", R"(syntax = "proto3";
package mart.stock;
import "catalog/options.proto";
message Inventory {
  option (catalog.entity) = {
    table: "mart_inventory" plural: "Inventories" framing: CONFLUENT topics: { all: "inventory-events" }
  };
  int32 id = 1;
  int64 created_at = 2;
  int64 updated_at = 3;
  string product_name = 4;
  int32 stock_level = 5;
}
message Product {
  option (catalog.entity) = {
    name: "mart_product" plural: "Mart products" framing: CONFLUENT topics: { all: "product-events" }
  };
  int32 id = 1;
  int64 created_at = 2;
  int64 updated_at = 3;
  string name = 4;
  string description = 5;
  string category = 6;
  float cost_price = 7 [(catalog.column) = { decimal: { precision: 9, scale: 2 } }];
  float sale_price = 8 [(catalog.column) = { decimal: { precision: 9, scale: 2 } }];
  float discount = 9;
}
)");
}

} // namespace desk
