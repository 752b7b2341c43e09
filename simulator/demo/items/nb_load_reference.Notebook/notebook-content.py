# Fabric notebook source

# METADATA ********************

# META {
# META   "kernel_info": {
# META     "name": "synapse_pyspark"
# META   },
# META   "dependencies": {
# META     "lakehouse": {
# META       "default_lakehouse": "48461ee9-07f3-478c-b873-1fd7318fbed8",
# META       "default_lakehouse_name": "lh_reference",
# META       "default_lakehouse_workspace_id": "00000000-0000-0000-0000-000000000000",
# META       "known_lakehouses": [
# META         {
# META           "id": "48461ee9-07f3-478c-b873-1fd7318fbed8"
# META         },
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

# ## Load reference data

# CELL ********************

from pyspark.sql import functions as F

shared = "abfss://Claims-Analytics-Dev@onelake.dfs.fabric.microsoft.com/lh_reference.Lakehouse/Files/reference"
for name in ["cause_of_loss", "line_of_business"]:
    rows = spark.read.option("header", True).csv(f"{shared}/{name}.csv")
    rows.dropDuplicates(["code"]).write.mode("overwrite").saveAsTable(f"lh_reference.dbo.{name}")

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

days = spark.sql("select explode(sequence(date'2015-01-01', date'2030-12-31')) as day")
calendar = days.select(
    F.col("day").alias("date"),
    F.year("day").alias("year"),
    F.quarter("day").alias("quarter"),
    F.date_format("day", "yyyy-MM").alias("month"),
)
calendar.write.mode("overwrite").saveAsTable("lh_reference.dbo.calendar")
calendar.write.mode("overwrite").synapsesql("wh_claims_dev.dbo.dim_date")

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }
