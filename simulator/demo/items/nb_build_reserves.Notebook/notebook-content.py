# Fabric notebook source

# METADATA ********************

# META {
# META   "kernel_info": {
# META     "name": "synapse_pyspark"
# META   },
# META   "dependencies": {
# META     "lakehouse": {
# META       "default_lakehouse": "3d84af50-05e3-4bf8-b4e3-bad3d3f21e8f",
# META       "default_lakehouse_name": "lh_claims_dev",
# META       "default_lakehouse_workspace_id": "00000000-0000-0000-0000-000000000000",
# META       "known_lakehouses": [
# META         {
# META           "id": "3d84af50-05e3-4bf8-b4e3-bad3d3f21e8f"
# META         }
# META       ]
# META     },
# META     "environment": {
# META       "environmentId": "2633c17e-6ba1-4ff3-8d6e-cd5053737d7e",
# META       "workspaceId": "00000000-0000-0000-0000-000000000000"
# META     }
# META   }
# META }

# MARKDOWN ********************

# ## Build reserves
# One row for each change of a case reserve, and the paid triangle by accident year.

# CELL ********************

from pyspark.sql import functions as F
from pyspark.sql.window import Window

history = spark.read.table("lh_claims_dev.dbo.claim_history")
by_claim = Window.partitionBy("claim_number").orderBy("changed_at")
movements = history.withColumn(
    "movement", F.col("case_reserve") - F.coalesce(F.lag("case_reserve").over(by_claim), F.lit(0))
).where(F.col("movement") != 0)
movements.write.mode("overwrite").saveAsTable("lh_claims_dev.dbo.reserve_movement")

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

import chainladder as cl

paid = (
    history.groupBy("accident_year", "development_year")
    .agg(F.sum("paid_amount").alias("paid"))
    .toPandas()
)
triangle = cl.Triangle(
    paid, origin="accident_year", development="development_year", columns="paid", cumulative=True
)
ultimate = cl.Chainladder().fit(triangle).ultimate_.to_frame()

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

rows = [(int(year.year), float(value)) for year, value in ultimate.iloc[:, 0].items()]
spark.createDataFrame(rows, "accident_year int, ultimate double").write.mode("overwrite").saveAsTable(
    "lh_claims_dev.dbo.development"
)

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }
