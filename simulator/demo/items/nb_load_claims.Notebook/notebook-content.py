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
# META         },
# META         {
# META           "id": "48461ee9-07f3-478c-b873-1fd7318fbed8"
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

# ## Load claims
# Keeps one row for each claim: its latest version. Amounts are in €.

# PARAMETERS CELL ********************

reload_days = 3
sample_percent = 5

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

from pyspark.sql import functions as F
from pyspark.sql.window import Window

landing = spark.read.table("lh_claims_dev.landing.claim")
changed = landing.where(F.col("changed_at") >= F.date_sub(F.current_date(), reload_days))
if sample_percent < 100:
    changed = changed.where(F.abs(F.hash("claim_number")) % 100 < sample_percent)

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

newest_first = Window.partitionBy("claim_number").orderBy(F.col("loaded_at").desc())
claims = (
    changed.withColumn("rank", F.row_number().over(newest_first))
    .where(F.col("rank") == 1)
    .drop("rank")
    .withColumn("incurred", F.col("paid_amount") + F.col("case_reserve"))
)

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

from delta.tables import DeltaTable

target = DeltaTable.forName(spark, "lh_claims_dev.dbo.claim")
(
    target.alias("t")
    .merge(claims.alias("s"), "t.claim_number = s.claim_number")
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .execute()
)

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

claims.write.mode("overwrite").synapsesql("wh_claims_dev.dbo.fact_claim")

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }
