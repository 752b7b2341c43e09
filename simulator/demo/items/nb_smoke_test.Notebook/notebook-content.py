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

# ## Smoke test
# Run by the portal after each promotion.

# PARAMETERS CELL ********************

expected_capacity = "Dev Capacity"
server = "sql-claims-dev.claims.example"
database = "claimscore_dev"

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

for table in ["lh_claims_dev.dbo.claim", "lh_claims_dev.dbo.reserve_movement", "lh_reference.dbo.calendar"]:
    assert spark.read.table(table).limit(1).count() == 1, f"{table} is empty"
assert spark.read.synapsesql("wh_claims_dev.dbo.fact_claim").limit(1).count() == 1, "the warehouse is empty"

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

import sempy.fabric as fabric

capacity = fabric.FabricRestClient().get(f"v1/workspaces/{fabric.get_workspace_id()}").json()["capacityId"]
names = fabric.list_capacities().set_index("Id")["Display Name"]
assert names[capacity] == expected_capacity, f"runs on {names[capacity]}, not on {expected_capacity}"

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

source = spark.read.format("jdbc").option("url", f"jdbc:sqlserver://{server};database={database}")
assert source.option("query", "select 1 as one").load().count() == 1
notebookutils.notebook.exit("passed")

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }
