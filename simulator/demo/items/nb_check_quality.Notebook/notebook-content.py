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

# ## Data quality checks
# Policy 3.2: data quality checks passing.

# PARAMETERS CELL ********************

loss_ratio_alert = 0.85

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

from pyspark.sql import functions as F

claims = spark.read.table("lh_claims_dev.dbo.claim")
policies = spark.read.table("lh_claims_dev.dbo.policy")

findings = {
    "claims without a policy": claims.join(policies, "policy_number", "left_anti").count(),
    "claims reported before they happened": claims.where("reported_on < occurred_on").count(),
    "negative case reserves": claims.where("case_reserve < 0").count(),
    "claim numbers that occur twice": claims.groupBy("claim_number").count().where("count > 1").count(),
}

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

incurred = claims.agg(F.sum("incurred")).first()[0]
premium = spark.read.synapsesql("wh_claims_dev.dbo.fact_premium").agg(F.sum("earned_premium")).first()[0]
if incurred > loss_ratio_alert * premium:
    print(f"Loss ratio {incurred / premium:.1%} is above {loss_ratio_alert:.0%}")

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

failed = {check: rows for check, rows in findings.items() if rows > 0}
if failed:
    raise ValueError(f"Data quality checks failed: {failed}")
notebookutils.notebook.exit("passed")

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }
